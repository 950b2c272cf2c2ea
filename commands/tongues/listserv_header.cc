#include "commands/tongues/listserv_header.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "commands/tongues/listserv_cards.h"
#include "tongues/listserv.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using tongues::Trouble;
using tongues::Verb;
using Words = std::vector<std::string>;

// "CLUB-L LIST", "CLUB-L.LIST"; at LIST-request "LIST" alone.
constexpr std::string_view kListFile = "LIST";
constexpr std::array kFiles = {kListFile, tongues::kTemplatesFile};
constexpr std::string_view kChangelogFile = "CHANGELOG";

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

bool is_file(std::string_view word, std::string_view file) {
  const std::string ending = "." + std::string(file);
  return word.size() > ending.size() && equals_ignoring_case(word.substr(word.size() - ending.size()), ending);
}

// Of PUT: [LIST] LIST, LIST.LIST, the same with MAILTPL; "": neither.
std::string_view file_named(const Words& arguments) {
  const auto* const file = std::find_if(kFiles.begin(), kFiles.end(), [&](std::string_view each) {
    if (arguments.empty() || arguments.size() > 2) return false;
    return equals_ignoring_case(arguments.back(), each) || (arguments.size() == 1 && is_file(arguments.front(), each));
  });
  return file == kFiles.end() ? std::string_view() : *file;
}

void name_templates(Request& request) {
  request.own_arguments = 1;
  request.arguments.emplace_back(tongues::kTemplatesFile);
}

}  // namespace

bool is_header_line(std::string_view line) {
  const std::string_view text = trim(line);
  if (!is_text_line(line) || equals_ignoring_case(text, kEnd)) return false;
  const char first = text.empty() ? ' ' : text.front();
  if (first != 'p' && first != 'P' && first != 'q' && first != 'Q') return true;
  const ListservWords words = take_apart(text);
  return !equals_ignoring_case(words.verb, kPut) || file_named(words.arguments).empty();
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
  const std::string_view file = file_named(words);
  if (file.empty()) {
    return trouble_with(request, Trouble::option_not_yet, words.empty() ? std::string(kListFile) : "file");
  }
  if (words.size() == 1 && is_file(words.front(), file)) {
    words.front().resize(words.front().size() - file.size() - 1);
  } else {
    words.pop_back();
  }
  const bool is_known = !words.empty() && list_word_of(words.front()) == ListWord::known;
  const std::string shown = is_known ? words.front() : request.shown_list;
  request.echo = request.word + (words.empty() ? "" : " " + shown) + " " + std::string(file);
  request.own_arguments = 0;
  request.arguments = std::move(words);
  if (file == tongues::kTemplatesFile) name_templates(request);
}

bool read_get_special(Request& request, const std::string& file, const ListWordOf& list_word_of) {
  const bool is_templates = equals_ignoring_case(file, tongues::kTemplatesFile);
  if (!is_templates && !equals_ignoring_case(file, kChangelogFile)) return false;
  const bool is_known = !request.arguments.empty() && list_word_of(request.arguments.front()) == ListWord::known;
  const std::string shown = is_known ? request.arguments.front() : request.shown_list;
  request.echo = request.word + (request.arguments.empty() ? "" : " " + shown) + " ";
  request.echo += is_templates ? tongues::kTemplatesFile : kChangelogFile;
  request.own_arguments = 0;
  request.verb = is_templates ? Verb::get_header : Verb::changelog;
  if (is_templates) name_templates(request);
  return true;
}

}  // namespace majlis::commands
