#include "lists/posts/reading/command_form.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "auth/token.h"
#include "base/digit.h"
#include "base/text.h"
#include "tongues/dialect.h"

namespace majlis::lists {
namespace {

using tongues::Dialect;
using tongues::Shown;
using tongues::Verb;
using tongues::VerbRow;
using Words = std::span<const std::string_view>;

constexpr std::size_t kMaxWords = 12;
constexpr std::size_t kLeastAbbreviation = 3;  // "Q" and "IN" begin sentences
constexpr std::size_t kLeastCode = 6;          // of another program's
constexpr std::size_t kMaxNames = 4;           // words of a person's name
constexpr std::size_t kMaxFile = 40;
constexpr std::size_t kMaxFileWords = 2;  // "GET menu txt COOKS"

constexpr std::array<std::string_view, 4> kCards = {"//", "QUIET", "quiet", "Quiet"};
constexpr std::array<std::string_view, 3> kSettings = {"pw=", "dd=", "address="};
constexpr std::array<std::string_view, 5> kRulings = {"reject", "discard", "trust", "ban", "claim"};
constexpr std::array<std::string_view, 4> kClauses = {"from", "subject", "since", "until"};
constexpr std::array<std::string_view, 4> kBetween = {"for", "with", "to", "anonymous"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return equals_ignoring_case(each, word); });
}

bool is_letter(char c) {
  return (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z') || static_cast<unsigned char>(c) > 0x7F;
}

bool is_address(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != std::string_view::npos && at > 0 && word.find('.', at) != std::string_view::npos;
}

// "PW=SESAME", "address=ann@example.org"
bool is_setting(std::string_view word) {
  return std::any_of(kSettings.begin(), kSettings.end(), [&](std::string_view name) {
    return word.size() > name.size() && starts_with_ignoring_case(word, name);
  });
}

// One of ours, of a post that waits as well, or the hexadecimal ones of other programs.
bool is_code(std::string_view word) {
  const std::size_t dot = word.find('.');
  if (auth::looks_like_token(word) || (dot != std::string_view::npos && auth::looks_like_token(word.substr(dot + 1)))) {
    return true;
  }
  const auto digits = std::count_if(word.begin(), word.end(), is_digit);
  return word.size() >= kLeastCode && digits >= 2 && std::all_of(word.begin(), word.end(), [](char c) {
           return is_digit(c) || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'f');
         });
}

bool is_list(std::string_view word, std::string_view list) {
  if (equals_ignoring_case(word, list)) return true;
  if (starts_with_ignoring_case(word, list) && word.size() > list.size()) {
    return word[list.size()] == '@' || equals_ignoring_case(word.substr(list.size()), ".list");
  }
  constexpr std::string_view kEnd = "-L";
  return word.size() > kEnd.size() + 1 && equals_ignoring_case(word.substr(word.size() - kEnd.size()), kEnd) &&
         word.find('/') == std::string_view::npos;
}

bool is_name(std::string_view word) {
  const bool is_written_so =
      (word.front() >= 'A' && word.front() <= 'Z') || static_cast<unsigned char>(word.front()) > 0x7F;
  return is_written_so && std::all_of(word.begin(), word.end(),
                                      [](char c) { return is_letter(c) || c == '-' || c == '\'' || c == '.'; });
}

bool are_names(Words words) {
  return !words.empty() && words.size() <= kMaxNames && std::all_of(words.begin(), words.end(), is_name);
}

bool is_option(std::string_view word) {
  const std::string_view option =
      word.substr(0, word.find(':') == std::string_view::npos ? word.size() : word.find(':') + 1);
  const auto dialects = tongues::all_dialects();
  return word.size() >= kLeastAbbreviation &&
         std::any_of(dialects.begin(), dialects.end(),
                     [&](const Dialect* dialect) { return tongues::match_option(*dialect, option) != nullptr; });
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '-' || c == ','; });
}

bool is_file(std::string_view word) {
  return word.size() <= kMaxFile && std::all_of(word.begin(), word.end(), [](char c) {
           return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_';
         });
}

// What people look for, and dates.
bool is_sought(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("\"-./'").find(c) != std::string_view::npos;
  });
}

// Whether `word` may stand behind the list in a line of the verb.
bool fits(const VerbRow& row, std::string_view word, std::string_view list) {
  if (word == tongues::kAll || word.starts_with('<')) return true;
  if (is_address(word) || is_one_of(word, kBetween)) return true;
  switch (row.shown) {
    case Shown::list: return row.verb == Verb::put_header && equals_ignoring_case(word, "list");
    case Shown::name: return is_name(word) || is_option(word) || row.verb == Verb::who;
    case Shown::person:
    case Shown::option: return is_option(word);
    case Shown::move: return is_list(word, list);
    case Shown::file: return is_file(word);
    case Shown::posts: return is_number(word);
    case Shown::sought: return is_sought(word);
    case Shown::nothing:
    case Shown::address:
    case Shown::global:
    case Shown::command:
    case Shown::reason: return false;
  }
  return false;
}

// "OK CODE", "OK REJECT CODE too long", "accept CODE"
CommandForm form_with_code(Words words) {
  if (!words.empty() && is_one_of(words.front(), kRulings)) words = words.subspan(1);
  if (words.empty() || !is_code(words.front())) return CommandForm::none;
  return words.size() == 1 || auth::looks_like_token(words.front().substr(words.front().find('.') + 1))
             ? CommandForm::certain
             : CommandForm::none;
}

// `words`: behind the list.
CommandForm form_about_list(const VerbRow& row, Words words, std::string_view list) {
  const auto options =
      std::find_if(words.begin(), words.end(), [](std::string_view word) { return word.starts_with('('); });
  words = words.first(static_cast<std::size_t>(options - words.begin()));
  if (row.shown == Shown::file && words.size() > kMaxFileWords) return CommandForm::none;
  const bool fit =
      std::all_of(words.begin(), words.end(), [&](std::string_view word) { return fits(row, word, list); });
  if (!fit) return CommandForm::none;
  const bool has_address = std::any_of(words.begin(), words.end(), is_address);
  const bool has_names = row.shown == Shown::name && words.size() > 1 && are_names(words);
  return has_address || has_names ? CommandForm::certain : CommandForm::possible;
}

// Those whose words are about no list, or about the one they were sent to.
CommandForm form_without_list(const VerbRow& row, Words words) {
  switch (row.verb) {
    case Verb::register_name:
      return (words.size() > 1 && are_names(words)) || (words.size() == 1 && equals_ignoring_case(words[0], "off"))
                 ? CommandForm::possible
                 : CommandForm::none;
    case Verb::serve:
    case Verb::which: return words.size() == 1 && is_address(words[0]) ? CommandForm::possible : CommandForm::none;
    case Verb::set:
      return !words.empty() && std::all_of(words.begin(), words.end(), is_option) ? CommandForm::possible
                                                                                  : CommandForm::none;
    case Verb::lists:
      return words.size() == 2 && equals_ignoring_case(words[0], "global") ? CommandForm::possible : CommandForm::none;
    default: return CommandForm::none;
  }
}

// "SEARCH soup IN COOKS", "GET menu txt COOKS": the list stands last.
Words with_list_in_front(const VerbRow& row, Words words, std::string_view list,
                         std::vector<std::string_view>& turned) {
  const bool may = row.verb == Verb::search || row.verb == Verb::get;
  if (!may || words.size() < 2 || is_list(words.front(), list)) return words;
  const auto at =
      std::find_if(words.begin() + 1, words.end(), [&](std::string_view word) { return is_list(word, list); });
  if (at == words.end()) return words;
  const bool is_search = row.verb == Verb::search;
  const bool is_last = at + 1 == words.end() || (is_search && is_one_of(*(at + 1), kClauses));
  if (!is_last || (is_search && !equals_ignoring_case(*(at - 1), "in"))) return words;
  turned.push_back(*at);
  turned.insert(turned.end(), words.begin(), is_search ? at - 1 : at);
  turned.insert(turned.end(), at + 1, words.end());
  return turned;
}

// A line of the tongue's, with more than a verb.
CommandForm form_in(const Dialect& dialect, Words words, std::string_view list) {
  const std::string_view verb = words.front();
  const VerbRow* row =
      verb.size() < kLeastAbbreviation ? tongues::find_verb(dialect, verb) : tongues::match_verb(dialect, verb).row;
  words = words.subspan(1);
  if (row == nullptr || words.empty()) return CommandForm::none;
  if (std::any_of(words.begin(), words.end(), is_setting)) return CommandForm::certain;
  if (row->secrets == tongues::Secrets::token) return form_with_code(words);
  if (tongues::has_password(row->secrets)) return CommandForm::none;  // owner_command.h
  std::vector<std::string_view> turned;
  words = with_list_in_front(*row, words, list, turned);
  const bool takes_list = row->shown != Shown::nothing && row->shown != Shown::address && row->shown != Shown::global;
  const bool names_list = is_list(words.front(), list) || (words.front() == tongues::kAll && row->verb != Verb::help);
  if (takes_list && names_list) return form_about_list(*row, words.subspan(1), list);
  return form_without_list(*row, words);
}

}  // namespace

CommandForm command_form(std::string_view line, std::string_view list) {
  std::vector<std::string_view> words = split_words(line);
  while (words.size() > 1 && is_one_of(words.front(), kCards)) words.erase(words.begin());
  if (words.empty() || words.size() > kMaxWords || words.back().ends_with('?')) return CommandForm::none;
  while (!words.back().empty() &&
         (words.back().back() == '.' || words.back().back() == '!' || words.back().back() == ',')) {
    words.back().remove_suffix(1);
  }
  if (words.back().empty()) words.pop_back();
  CommandForm form = CommandForm::none;
  for (const Dialect* dialect : tongues::all_dialects()) {
    if (!words.empty()) form = std::max(form, form_in(*dialect, words, list));
  }
  return form;
}

}  // namespace majlis::lists
