#include "commands/majordomo.h"

#include <algorithm>

#include "base/text.h"
#include "commands/reader.h"
#include "commands/secret_words.h"
#include "commands/table.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxEchoOctets = 200;
constexpr std::size_t kMaxEchoedWord = 40;
constexpr std::string_view kEndOfText = "EOF";
constexpr std::size_t kTagLetters = 3;
constexpr std::size_t kMaxTagOctets = 40;

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

// "begin 644 name": a file in the old way.
bool is_uuencoded_file(const std::vector<std::string>& words) {
  return words.size() >= 3 && words[0] == "begin" && words[1].size() >= 3 && parse_number(words[1]).has_value();
}

// "<<TAG": the tag, else empty.
std::string_view tag_in(std::string_view word) {
  if (!word.starts_with("<<") || word.size() < 2 + kTagLetters || word.size() > 2 + kMaxTagOctets) return {};
  const std::string_view tag = word.substr(2);
  for (std::size_t i = 0; i < tag.size(); ++i) {
    const bool is_capital = tag[i] >= 'A' && tag[i] <= 'Z';
    const bool is_digit = i >= kTagLetters && tag[i] >= '0' && tag[i] <= '9';
    if (!is_capital && !is_digit) return {};
  }
  return tag;
}

const VerbRow* verb_behind_approve(const Request& request) {
  if (request.verb != Verb::approve || request.arguments.size() < 2) return nullptr;
  return match_verb(request.arguments[1]).row;
}

bool takes_text(const VerbRow* row) { return row != nullptr && row->takes == Takes::text; }

// The line that ends the text behind these words. Also where they are no command: a text is never read as commands
// because its head was mistyped. "approve PASSWORD newinfo ..." is followed by a text just as newinfo is.
std::string text_tag_of(const std::vector<std::string>& words) {
  const std::string_view tag = words.size() > 1 ? tag_in(words.back()) : std::string_view();
  if (!tag.empty()) return std::string(tag);
  const VerbMatch match = match_verb(words.front());
  bool has_text = takes_text(match.row);
  for (const std::string_view candidate : match.candidates) has_text = has_text || takes_text(find_verb(candidate));
  if (match.row != nullptr && match.row->verb == Verb::approve && words.size() > 2) {
    has_text = takes_text(match_verb(words[2]).row);
  }
  return std::string(has_text ? kEndOfText : "");
}

// For each argument, whether it may be shown.
std::vector<bool> shown_arguments(const Request& request, const VerbRow& row, const NamesAList& names_a_list) {
  std::vector<bool> shown(request.arguments.size(), row.secrets != Secrets::all_but_list);
  if (shown.empty()) return shown;
  if (row.secrets == Secrets::first) shown[0] = false;
  if (row.secrets == Secrets::all_but_list) shown[0] = names_a_list(request.arguments[0]);
  if (row.verb == Verb::approve) {
    // A password may stand behind the inner command too, and anywhere when that was mistyped.
    const VerbRow* inner = verb_behind_approve(request);
    const bool hides = inner == nullptr || inner->secrets != Secrets::none;
    for (std::size_t i = 2; i < shown.size(); ++i) shown[i] = !hides || (i == 2 && names_a_list(request.arguments[2]));
  }
  for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = shown[i] && !is_secret(request.arguments[i]);
  return shown;
}

std::string echo_of(std::string_view word, const Request& request, const VerbRow& row, const NamesAList& names_a_list) {
  std::string echo = printable_utf8(word, kMaxEchoedWord);
  const std::vector<bool> shown = shown_arguments(request, row, names_a_list);
  for (std::size_t i = 0; i < shown.size() && echo.size() < kMaxEchoOctets; ++i) {
    echo += ' ';
    echo += shown[i] ? printable_utf8(request.arguments[i], kMaxEchoOctets - std::min(echo.size(), kMaxEchoOctets))
                     : std::string(kMask);
  }
  return echo;
}

Request not_understood(std::string_view word, bool has_more) {
  Request request;
  request.word = word;
  // A mistyped command may hold a password anywhere: only its first word is shown.
  request.echo = printable_utf8(is_secret(word) ? kMask : word, kMaxEchoedWord);
  if (has_more) request.echo += " ***";
  return request;
}

}  // namespace

Request read_majordomo(std::string_view line, const NamesAList& names_a_list) {
  std::vector<std::string> words = words_of(line);
  if (words.empty()) return {};
  const std::string word = to_lower_ascii(words.front());
  const std::string text_tag = text_tag_of(words);
  if (words.size() > 1 && !tag_in(words.back()).empty()) words.pop_back();
  if (line.starts_with('-') || is_uuencoded_file(words) || word == "from:" || word == "de:") {
    return Request{Verb::end, word, {}, line.starts_with('-') ? "-" : word, {}, {}, {}};
  }
  const VerbMatch match = match_verb(word);
  if (match.row == nullptr || line.size() > kMaxLineOctets) {
    Request request = not_understood(word, words.size() > 1);
    request.candidates.assign(match.candidates.begin(), match.candidates.end());
    request.text_tag = text_tag;
    return request;
  }
  Request request;
  request.text_tag = text_tag;
  request.verb = match.row->verb;
  request.word = match.row->majordomo;
  request.arguments.assign(std::make_move_iterator(words.begin() + 1), std::make_move_iterator(words.end()));
  request.echo = echo_of(word, request, *match.row, names_a_list);
  return request;
}

std::vector<Request> read_majordomo_text(std::string_view text, std::size_t max, const NamesAList& names_a_list) {
  std::vector<Request> requests;
  CommandLines lines(text);
  while (requests.size() < max) {
    const std::optional<std::string> line = lines.next();
    if (!line) break;
    requests.push_back(read_majordomo(*line, names_a_list));
    Request& request = requests.back();
    if (!request.text_tag.empty()) request.text = lines.text_up_to(request.text_tag);
    if (request.verb == Verb::end) break;
  }
  return requests;
}

}  // namespace majlis::commands
