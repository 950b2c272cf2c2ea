#include "search/match_text.h"

#include <algorithm>

#include "base/digit.h"
#include "base/text.h"

namespace majlis::search {
namespace {

// What the tokenizer may take for a part of a word; a letter of other scripts is octets that are no ASCII.
bool has_word(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](char c) {
    const char lower = to_lower_ascii(c);
    return is_digit(c) || (lower >= 'a' && lower <= 'z') || static_cast<unsigned char>(c) > 0x7F;
  });
}

std::string quoted(std::string_view words) {
  std::string text = "\"";
  for (const char c : words) {
    const bool is_plain = static_cast<unsigned char>(c) >= 0x20 && c != '"';
    text += is_plain ? c : ' ';
  }
  return text + '"';
}

std::string_view column_of(Field field) {
  switch (field) {
    case Field::author: return "author : ";
    case Field::subject: return "subject : ";
    case Field::anywhere: break;
  }
  return "";
}

}  // namespace

std::string match_text(const std::vector<Term>& terms) {
  std::string text;
  for (const Term& term : terms) {
    if (!has_word(term.words)) continue;
    text.append(text.empty() ? "" : " AND ").append(column_of(term.field)).append(quoted(term.words));
  }
  return text;
}

}  // namespace majlis::search
