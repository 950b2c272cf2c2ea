#include "commands/tongues/listserv_owners.h"

#include <algorithm>

#include "base/text.h"
#include "commands/reading/person_words.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using Words = std::vector<std::string>;

constexpr std::string_view kFor = "FOR";
constexpr std::string_view kWith = "WITH";
constexpr std::string_view kImport = "IMPORT";

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

// How many words name the list: it goes first among the arguments.
std::size_t take_list(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const std::size_t begin = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  return begin;
}

// The address of "NAME <ADDRESS>"; else the first word, which may be a pattern.
std::string address_in(const std::string& words) {
  const auto person = words.find(' ') == std::string::npos ? std::nullopt : named_person(words);
  return person ? person->address.text() : std::string(split_words(words).front());
}

}  // namespace

void read_add(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  if (line.data.empty()) {
    request.arguments.insert(request.arguments.end(), line.arguments.begin() + static_cast<std::ptrdiff_t>(begin),
                             line.arguments.end());
    return;
  }
  request.is_quiet = std::any_of(line.arguments.begin() + static_cast<std::ptrdiff_t>(begin), line.arguments.end(),
                                 [](const std::string& word) { return is(word, kImport); });
}

void read_delete(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  for (const std::string& option : line.options) request.options.push_back(to_lower_ascii(option));
  if (!line.data.empty() || line.arguments.size() == begin) return;
  request.arguments.push_back(address_in(joined(line.arguments, begin)));
}

void read_change(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const bool is_everywhere = !line.arguments.empty() && line.arguments.front() == tongues::kAll;
  if (!is_everywhere) take_list(request, line.arguments, list_word_of);
  const std::size_t begin = request.arguments.size();
  request.arguments.insert(request.arguments.end(), line.arguments.begin() + static_cast<std::ptrdiff_t>(begin),
                           line.arguments.end());
}

std::string take_about(Words& words) {
  const auto begin = std::find_if(words.begin(), words.end(), [](const std::string& word) { return is(word, kFor); });
  if (begin == words.end()) return {};
  const auto end = std::find_if(begin, words.end(), [](const std::string& word) { return is(word, kWith); });
  const std::string about = joined({begin + 1, end}, 0);
  words.erase(begin, end);
  return about.empty() ? about : address_in(about);
}

}  // namespace majlis::commands
