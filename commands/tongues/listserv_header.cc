#include "commands/tongues/listserv_header.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "commands/tongues/listserv_cards.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using tongues::Trouble;
using tongues::Verb;
using Words = std::vector<std::string>;

// "CLUB-L LIST", "CLUB-L.LIST"; at LIST-request "LIST" alone.
constexpr std::string_view kListFile = "LIST";

struct HeaderOption {
  std::string_view word;
  std::size_t least;  // letters that are enough
};
constexpr HeaderOption kHeader{"header", 4};
constexpr HeaderOption kNoLock{"nolock", 3};
constexpr HeaderOption kOld{"old", 3};

bool is(const std::string& word, const HeaderOption& option) {
  return word.size() >= option.least && starts_with_ignoring_case(option.word, word);
}

constexpr std::string_view kPut = "PUT";
constexpr std::string_view kEnd = "END";

bool is_list_file(std::string_view word) {
  const std::string ending = "." + std::string(kListFile);
  return word.size() > ending.size() && equals_ignoring_case(word.substr(word.size() - ending.size()), ending);
}

// Of PUT: [LIST] LIST, LIST.LIST
bool names_header(const Words& arguments) {
  if (arguments.empty() || arguments.size() > 2) return false;
  return equals_ignoring_case(arguments.back(), kListFile) ||
         (arguments.size() == 1 && is_list_file(arguments.front()));
}

}  // namespace

bool is_header_line(std::string_view line) {
  const std::string_view text = trim(line);
  if (!is_text_line(line) || equals_ignoring_case(text, kEnd)) return false;
  const char first = text.empty() ? ' ' : text.front();
  if (first != 'p' && first != 'P' && first != 'q' && first != 'Q') return true;
  const ListservWords words = take_apart(text);
  return !equals_ignoring_case(words.verb, kPut) || !names_header(words.arguments);
}

std::string with_password_below(std::string command, CommandLines& lines) {
  constexpr std::string_view kPassword = "PW=";
  const std::vector<std::string_view> words = split_words(command);
  const bool lacks_it = words.size() > 2 && equals_ignoring_case(words.back(), kPassword) &&
                        equals_ignoring_case(take_apart(command).verb, kPut);
  CommandLines ahead = lines;
  const auto next = lacks_it ? ahead.next() : std::nullopt;
  const std::string_view word = next ? trim(*next) : "";
  if (word.empty() || split_words(word).size() > 1 || word.starts_with('*') || !is_header_line(word)) return command;
  lines = ahead;
  return command + " " + std::string(word);
}

void read_get_header(Request& request, const ListservWords& line) {
  bool has_header = false;
  bool has_lock = true;
  bool is_old = false;
  for (const std::string& option : line.options) {
    has_header = has_header || is(option, kHeader);
    is_old = is_old || is(option, kOld);
    has_lock = has_lock && !is(option, kNoLock);
    if (!is(option, kHeader) && !is(option, kNoLock) && !is(option, kOld))
      return trouble_with(request, Trouble::option_not_yet, option);
  }
  if ((!has_header && !is_old) || line.arguments.size() > 1) {
    return trouble_with(request, Trouble::option_not_yet, line.options.front());
  }
  request.verb = Verb::get_header;
  if (is_old) {
    request.options.emplace_back(kOld.word);
    request.own_arguments = 0;
    request.arguments = line.arguments;
    request.echo += " (HEADER OLD";
    return;
  }
  request.own_arguments = has_lock ? 0 : 1;
  request.arguments = line.arguments;
  if (!has_lock) request.arguments.emplace_back(kNoLock.word);
  request.echo += has_lock ? " (HEADER" : " (HEADER NOLOCK";
}

void read_put(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  Words words = line.arguments;
  if (!names_header(words)) {
    return trouble_with(request, Trouble::option_not_yet, words.empty() ? std::string(kListFile) : "file");
  }
  if (words.size() == 1 && is_list_file(words.front())) {
    words.front().resize(words.front().size() - kListFile.size() - 1);
  } else {
    words.pop_back();
  }
  const bool is_known = !words.empty() && list_word_of(words.front()) == ListWord::known;
  const std::string shown = is_known ? words.front() : request.shown_list;
  request.echo = request.word + (words.empty() ? "" : " " + shown) + " LIST";
  request.own_arguments = 0;
  request.arguments = std::move(words);
}

}  // namespace majlis::commands
