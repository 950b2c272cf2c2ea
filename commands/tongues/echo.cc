#include "commands/tongues/echo.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "base/digit.h"
#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "lists/members/member_option.h"

namespace majlis::commands {
namespace {

using tongues::Dialect;
using tongues::Secrets;
using tongues::Shown;
using tongues::VerbRow;
using Words = std::span<const std::string>;

constexpr std::size_t kMaxEchoOctets = 200;
constexpr std::size_t kMaxEchoedWord = 40;
constexpr std::size_t kMaxShownList = 60;

constexpr std::size_t kMaxNameWord = 24;
constexpr std::string_view kGlobal = "global";

// "Zoë", "O'Neill", "J.": of a name. Letters of other scripts are octets that are no ASCII.
bool is_word_of_name(std::string_view word) {
  const auto is_of_name = [](char c) {
    const char lower = to_lower_ascii(c);
    return (lower >= 'a' && lower <= 'z') || c == '-' || c == '\'' || static_cast<unsigned char>(c) > 0x7F;
  };
  if (word.ends_with('.')) word.remove_suffix(1);
  return word.size() <= kMaxNameWord && std::all_of(word.begin(), word.end(), is_of_name);
}

// "12", "12-15,20", and a date: "2026-01-31"
bool is_number_or_range(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '-' || c == ','; });
}

// "ipv6", "2.4.1", "covid-19"
bool is_word_with_digits(std::string_view word) {
  std::string letters;
  std::copy_if(word.begin(), word.end(), std::back_inserter(letters), [](char c) { return !is_digit(c) && c != '.'; });
  return word.size() <= kMaxNameWord && is_word_of_name(letters);
}

// What people look for; a password has marks as well, as a rule.
bool is_sought(std::string_view word) {
  if (word.starts_with('"')) word.remove_prefix(1);
  if (word.ends_with('"')) word.remove_suffix(1);
  return is_word_with_digits(word) || looks_like_address(word) || is_number_or_range(word);
}

// "FOR *@example.com"
bool is_word_between(std::string_view word) {
  return equals_ignoring_case(word, "for") || equals_ignoring_case(word, "with");
}

bool is_to(std::string_view word) { return equals_ignoring_case(word, "to"); }

// "TOPICS:", "topics:menus,news"
bool begins_topics(std::string_view word) { return starts_with_ignoring_case(word, "topics:"); }

// "+MENUS", "-news,"
bool is_topic(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) word.remove_prefix(1);
  if (word.ends_with(',')) word.remove_suffix(1);
  return is_word_with_digits(word);
}

// "J*@example.*", behind FOR
bool is_pattern(std::string_view word) {
  if (word.find('*') == std::string_view::npos) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || is_digit(c) || c == '*' || c == '@' || c == '.' || c == '-';
  });
}

// What is shown because of the words in front of it.
bool may_show_behind(Shown shown, Words words, std::size_t at) {
  if (at == 0) return false;
  const std::string_view before = words[at - 1];
  if (shown == Shown::move) return is_to(before) || looks_like_address(before);
  if (shown != Shown::person && shown != Shown::option) return false;
  if (equals_ignoring_case(before, "for") && is_pattern(words[at])) return true;
  const auto topics = std::find_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at), begins_topics);
  return std::all_of(topics, words.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                     [](const std::string& word) { return begins_topics(word) || is_topic(word); }) &&
         topics != words.begin() + static_cast<std::ptrdiff_t>(at);
}

bool may_show(Shown shown, const std::string& word, const Dialect& dialect) {
  switch (shown) {
    case Shown::nothing:
    case Shown::list:
    case Shown::global:
    case Shown::command: return false;
    case Shown::address: return looks_like_address(word);
    case Shown::move: return looks_like_address(word) || is_to(word);
    case Shown::person:
      return looks_like_address(word) || word == tongues::kAll || is_word_between(word) ||
             tongues::match_option(dialect, word) != nullptr;
    case Shown::name: return looks_like_address(word) || word == tongues::kAll || is_word_of_name(word);
    case Shown::option:
      return looks_like_address(word) || is_word_between(word) || lists::is_option_word(word) ||
             tongues::match_option(dialect, word) != nullptr;
    case Shown::file: return looks_like_file(word);
    case Shown::posts: return is_number_or_range(word);
    case Shown::sought: return is_sought(word);
    case Shown::reason: return true;
  }
  return false;
}

// Whether the first of `words` in the place of a list's name may be shown.
bool may_show_list(const VerbRow& row, Words words, const ListWordOf& list_word_of) {
  const auto is_known = [&](const std::string& word) { return list_word_of(word) == ListWord::known; };
  if (is_known(words.front())) return true;
  const bool takes_a_list = row.shown != Shown::nothing && row.shown != Shown::address && row.shown != Shown::global;
  if (!takes_a_list || list_word_of(words.front()) == ListWord::none) return false;
  if (row.shown == Shown::option) return looks_like_address(words.front());
  return std::none_of(words.begin() + 1, words.end(), is_known);
}

bool begins_with_secret(const VerbRow& row) {
  return row.secrets == Secrets::token || row.secrets == Secrets::password_before;
}

std::vector<bool> shown_behind(const VerbRow& row, Words words, const Dialect& dialect, const ListWordOf& list_word_of);

// SECRET COMMAND ...
std::vector<bool> shown_with_command(Words words, const Dialect& dialect, const ListWordOf& list_word_of) {
  std::vector<bool> shown(words.size(), false);
  const VerbRow* inner = words.size() > 1 ? tongues::match_verb(dialect, words[1]).row : nullptr;
  if (inner == nullptr) return shown;
  shown[1] = true;
  if (inner->shown == Shown::command) return shown;
  const std::vector<bool> behind = shown_behind(*inner, words.subspan(2), dialect, list_word_of);
  std::copy(behind.begin(), behind.end(), shown.begin() + 2);
  return shown;
}

// GLOBAL TEXT
std::vector<bool> shown_with_global(Words words) {
  std::vector<bool> shown(words.size(), false);
  shown[0] = starts_with_ignoring_case(kGlobal, words.front());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    shown[i] = shown[0] && (word == "/" || is_sought(word.starts_with('/') ? word.substr(1) : word));
  }
  return shown;
}

// For each word behind a verb, whether it may be shown.
std::vector<bool> shown_behind(const VerbRow& row, Words words, const Dialect& dialect,
                               const ListWordOf& list_word_of) {
  if (row.shown == Shown::command) return shown_with_command(words, dialect, list_word_of);
  std::vector<bool> shown(words.size(), false);
  if (words.empty()) return shown;
  if (row.shown == Shown::global) return shown_with_global(words);
  if (words.front() == tongues::kForPrograms && row.shown == Shown::person) {
    shown = shown_behind(row, words.subspan(1), dialect, list_word_of);
    shown.insert(shown.begin(), true);
    return shown;
  }
  shown[0] = !begins_with_secret(row) && may_show_list(row, words, list_word_of);
  const std::size_t begin = shown[0] || begins_with_secret(row) ? 1 : 0;
  const bool takes_person = row.shown == Shown::person || row.shown == Shown::name || row.shown == Shown::option;
  const bool is_person = takes_person && is_named_person(words.subspan(begin));
  for (std::size_t i = begin; i < words.size(); ++i) {
    shown[i] = is_person || may_show(row.shown, words[i], dialect) || may_show_behind(row.shown, words, i);
  }
  return shown;
}

}  // namespace

std::string shown_list(const VerbRow& row, Words arguments, const ListWordOf& list_word_of) {
  if (arguments.empty()) return "";
  const bool is_shown = may_show_list(row, arguments, list_word_of);
  return is_shown ? shown_word(arguments.front(), kMaxShownList) : std::string(kMask);
}

std::string echo_of_answer(const tongues::Request& request) {
  std::string echo = request.word;
  for (const std::string& word : request.arguments) {
    if (echo.size() < kMaxEchoOctets) echo += " " + shown_word(word, kMaxEchoOctets - echo.size());
  }
  return echo;
}

std::string echo_of(const WrittenLine& line, const VerbRow& row, const Dialect& dialect,
                    const ListWordOf& list_word_of) {
  std::string echo = printable_utf8(line.word, kMaxEchoedWord);
  const std::vector<bool> shown = shown_behind(row, line.arguments, dialect, list_word_of);
  for (std::size_t i = 0; i < shown.size() && echo.size() < kMaxEchoOctets; ++i) {
    const std::string& argument = line.arguments[i];
    const std::size_t room = kMaxEchoOctets - echo.size();
    echo += ' ';
    echo += argument == tongues::kAll || (shown[i] && !is_secret(argument)) ? printable_utf8(argument, room)
                                                                            : std::string(kMask);
  }
  return echo;
}

std::string echo_of_unknown(std::string_view word, bool has_more) {
  std::string echo = printable_utf8(is_secret(word) ? kMask : word, kMaxEchoedWord);
  if (has_more) echo.append(" ").append(kMask);
  return echo;
}

}  // namespace majlis::commands
