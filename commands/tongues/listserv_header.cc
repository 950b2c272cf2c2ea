#include "commands/tongues/listserv_header.h"

#include <string>
#include <vector>

#include "base/text.h"

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

bool is(const std::string& word, const HeaderOption& option) {
  return word.size() >= option.least && starts_with_ignoring_case(option.word, word);
}

}  // namespace

void read_get_header(Request& request, const ListservWords& line) {
  bool has_header = false;
  bool has_lock = true;
  for (const std::string& option : line.options) {
    has_header = has_header || is(option, kHeader);
    has_lock = has_lock && !is(option, kNoLock);
    if (!is(option, kHeader) && !is(option, kNoLock)) return trouble_with(request, Trouble::option_not_yet, option);
  }
  if (!has_header || line.arguments.size() > 1) {
    return trouble_with(request, Trouble::option_not_yet, line.options.front());
  }
  request.verb = Verb::get_header;
  request.own_arguments = has_lock ? 0 : 1;
  request.arguments = line.arguments;
  if (!has_lock) request.arguments.emplace_back(kNoLock.word);
  request.echo += has_lock ? " (HEADER" : " (HEADER NOLOCK";
}

void read_put(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  Words words = line.arguments;
  const std::string ending = "." + std::string(kListFile);
  const bool is_one_word =
      words.size() == 1 && words.front().size() > ending.size() &&
      equals_ignoring_case(std::string_view(words.front()).substr(words.front().size() - ending.size()), ending);
  if (is_one_word) {
    words.front().resize(words.front().size() - ending.size());
  } else if (!words.empty() && words.size() <= 2 && equals_ignoring_case(words.back(), kListFile)) {
    words.pop_back();
  } else {
    return trouble_with(request, Trouble::option_not_yet, words.empty() ? std::string(kListFile) : "file");
  }
  const bool is_known = !words.empty() && list_word_of(words.front()) == ListWord::known;
  const std::string shown = is_known ? words.front() : request.shown_list;
  request.echo = request.word + (words.empty() ? "" : " " + shown) + " LIST";
  request.own_arguments = 0;
  request.arguments = std::move(words);
}

}  // namespace majlis::commands
