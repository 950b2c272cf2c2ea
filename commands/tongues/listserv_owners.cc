#include "commands/tongues/listserv_owners.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "commands/reading/person_words.h"
#include "commands/reading/secret_words.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using tongues::Trouble;
using Words = std::vector<std::string>;

constexpr std::string_view kFor = "FOR";
constexpr std::string_view kWith = "WITH";
constexpr std::string_view kImport = "IMPORT";
constexpr std::string_view kPreload = "PRELOAD";
constexpr std::string_view kTest = "TEST";
constexpr std::string_view kTo = "TO";

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

// How many words name the list: it goes first among the arguments.
std::size_t take_list(Request& request, const Words& words, const ListWordOf& list_word_of) {
  const std::size_t begin = names_list(words, list_word_of) ? 1 : 0;
  request.arguments.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
  return begin;
}

// One word, which may be a pattern, or the address of "NAME <ADDRESS>"; nullopt: more than that.
std::optional<std::string> address_in(const Words& words) {
  if (words.size() == 1) return words.front();
  const auto person = words.back().ends_with('>') ? named_person(joined(words, 0)) : std::nullopt;
  return person ? std::optional(person->address.text()) : std::nullopt;
}

void surplus(Request& request, std::string word) { trouble_with(request, Trouble::surplus_word, std::move(word)); }

// The first word from `begin` on that is none of these.
std::optional<std::string> word_besides(const Words& words, std::size_t begin,
                                        std::initializer_list<std::string_view> known) {
  const auto found =
      std::find_if(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(), [&](const std::string& word) {
        return std::none_of(known.begin(), known.end(), [&](std::string_view each) { return is(word, each); });
      });
  return found == words.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

void read_add(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  if (line.data.empty()) {
    request.arguments.insert(request.arguments.end(), line.arguments.begin() + static_cast<std::ptrdiff_t>(begin),
                             line.arguments.end());
    if (line.options.empty()) return;
    // "ann@example.com (Ann Ash)"
    if (line.arguments.size() != begin + 1) return surplus(request, line.options.front());
    request.arguments.push_back("(" + joined(line.options, 0) + ")");
    return;
  }
  if (const auto more = word_besides(line.arguments, begin, {kImport, kPreload})) return surplus(request, *more);
  request.is_quiet = std::any_of(line.arguments.begin() + static_cast<std::ptrdiff_t>(begin), line.arguments.end(),
                                 [](const std::string& word) { return is(word, kImport); });
}

void read_delete(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  for (const std::string& option : line.options) {
    const bool is_test = is(option, kTest);
    request.echo.append(" (").append(is_test ? kTest : kMask);
    if (!is_test) return trouble_with(request, Trouble::option_unknown, option);
    request.options.push_back(to_lower_ascii(option));
  }
  const Words whom(line.arguments.begin() + static_cast<std::ptrdiff_t>(begin), line.arguments.end());
  if (whom.empty()) return;
  const auto address = address_in(whom);
  if (!line.data.empty() || !address) return surplus(request, whom.size() > 1 ? whom[1] : whom.front());
  request.arguments.push_back(*address);
}

void read_change(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const bool is_everywhere = !line.arguments.empty() && line.arguments.front() == tongues::kAll;
  if (!is_everywhere) take_list(request, line.arguments, list_word_of);
  const std::size_t begin = request.arguments.size();
  request.arguments.insert(request.arguments.end(), line.arguments.begin() + static_cast<std::ptrdiff_t>(begin),
                           line.arguments.end());
}

void read_move(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  for (std::size_t i = begin; i < line.arguments.size(); ++i) {
    if (i != begin + 1 || !is(line.arguments[i], kTo)) request.arguments.push_back(line.arguments[i]);
  }
}

bool take_about(Request& request, Words& words) {
  const auto begin = std::find_if(words.begin(), words.end(), [](const std::string& word) { return is(word, kFor); });
  if (begin == words.end()) return true;
  const auto end = std::find_if(begin, words.end(), [](const std::string& word) { return is(word, kWith); });
  const Words about(begin + 1, end);
  words.erase(begin, end);
  if (about.empty()) return true;
  const auto address = address_in(about);
  if (address) {
    request.about = *address;
  } else {
    surplus(request, about[1]);
  }
  return address.has_value();
}

void read_list_alone(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = take_list(request, line.arguments, list_word_of);
  if (line.arguments.size() > begin) return surplus(request, line.arguments[begin]);
  if (!line.options.empty()) trouble_with(request, Trouble::option_unknown, line.options.front());
}

}  // namespace majlis::commands
