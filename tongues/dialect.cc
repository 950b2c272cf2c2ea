#include "tongues/dialect.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::tongues {

const VerbRow* find_verb(const Dialect& dialect, std::string_view word) {
  for (const VerbRow& row : dialect.verbs) {
    if (equals_ignoring_case(row.word, word)) return &row;
  }
  return nullptr;
}

std::string word_of(const Dialect& dialect, Verb verb) {
  for (const VerbRow& row : dialect.verbs) {
    if (row.verb == verb) return std::string(row.word);
  }
  return {};
}

VerbMatch match_verb(const Dialect& dialect, std::string_view word) {
  VerbMatch match;
  match.row = find_verb(dialect, word);
  if (match.row != nullptr) return match;
  bool is_ambiguous = false;
  for (const VerbRow& row : dialect.verbs) {
    const std::size_t least = row.least == 0 ? dialect.min_abbreviation : row.least;
    if (word.size() < least || !starts_with_ignoring_case(row.word, word)) continue;
    is_ambiguous = is_ambiguous || (match.row != nullptr && match.row->verb != row.verb);
    match.candidates.push_back(row.word);
    match.row = &row;
  }
  if (is_ambiguous) {
    match.row = nullptr;
  } else {
    match.candidates.clear();
  }
  return match;
}

const OptionRow* match_option(const Dialect& dialect, std::string_view word) {
  for (const OptionRow& row : dialect.options) {
    if (word.size() >= row.least && starts_with_ignoring_case(row.word, word)) return &row;
  }
  return nullptr;
}

std::string in_capitals(std::string_view word) {
  std::string capitals(word);
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return capitals;
}

std::vector<const OptionRow*> options_of_members(const Dialect& dialect) {
  std::vector<const OptionRow*> rows;
  for (const OptionRow& row : dialect.options) {
    const bool is_one = row.is == OptionRow::Is::option || row.is == OptionRow::Is::form;
    const bool is_there =
        std::any_of(rows.begin(), rows.end(), [&](const OptionRow* each) { return each->option == row.option; });
    if (is_one && !is_there) rows.push_back(&row);
  }
  return rows;
}

}  // namespace majlis::tongues
