#include "commands/majordomo.h"

#include "base/text.h"
#include "commands/reader.h"
#include "commands/secret_words.h"
#include "commands/table.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxEchoOctets = 200;
constexpr std::size_t kMaxEchoedWord = 40;

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == ' ') {
      word += line[++i];
    } else if (!is_blank(line[i])) {
      word += line[i];
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// "approve PASSWORD approve PASSWORD ...": not allowed, but not shown either.
bool follows_a_word_for_secrets(const Request& request, std::size_t argument) {
  const VerbRow* row = argument == 0 ? nullptr : find_verb(request.arguments[argument - 1]);
  return row != nullptr && row->secret_argument == 1;
}

std::string shown(const Request& request, unsigned secret_argument) {
  std::string echo = printable(request.word, kMaxEchoedWord);
  for (std::size_t i = 0; i < request.arguments.size(); ++i) {
    const bool hidden =
        i + 1 == secret_argument || is_secret(request.arguments[i]) || follows_a_word_for_secrets(request, i);
    echo += ' ';
    echo.append(printable(hidden ? kMask : std::string_view(request.arguments[i]), kMaxEchoOctets));
  }
  return echo.substr(0, kMaxEchoOctets);
}

}  // namespace

Request read_majordomo(std::string_view line) {
  Request request;
  if (line.size() > kMaxLineOctets) line = line.substr(0, kMaxLineOctets);
  std::vector<std::string> words = words_of(line);
  if (words.empty()) return request;
  request.word = to_lower_ascii(words.front());
  if (line.starts_with('-')) {
    request.verb = Verb::end;
    request.echo.assign(1, '-');
    return request;
  }
  const VerbRow* row = find_verb(request.word);
  request.arguments.assign(std::make_move_iterator(words.begin() + 1), std::make_move_iterator(words.end()));
  if (row == nullptr) {
    // A mistyped command may hold a password anywhere: only its first word is shown.
    request.echo = printable(is_secret(request.word) ? kMask : std::string_view(request.word), kMaxEchoedWord);
    if (!request.arguments.empty()) request.echo += " ***";
    return request;
  }
  request.verb = row->verb;
  request.echo = shown(request, row->secret_argument);
  return request;
}

}  // namespace majlis::commands
