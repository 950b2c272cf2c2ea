#include "commands/reading/plain_words.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::commands {
namespace {

bool matches(std::string_view word, const Word& row) {
  switch (row.match) {
    case Match::whole: return word == row.text;
    case Match::prefix: return word.starts_with(row.text);
    case Match::suffix: return word.ends_with(row.text);
  }
  return false;
}

constexpr std::size_t kMaxGreetingWords = 4;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '\'' || static_cast<unsigned char>(c) > 127; }

}  // namespace

bool is_among(std::string_view word, std::span<const Word> table) {
  return std::any_of(table.begin(), table.end(), [&](const Word& row) { return matches(word, row); });
}

std::string plain(std::string_view text) {
  std::string result;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = next_code_point(rest);
    const bool is_apostrophe = c == U'\u2019' || c == U'\u2018' || c == U'\u02BC' || c == U'\u00B4' || c == U'`';
    append_utf8(result, is_apostrophe ? U'\'' : c);
  }
  return to_lower_ascii(result);
}

std::string_view without_marks(std::string_view word) { return word.substr(0, word.find_last_not_of(".,:;!") + 1); }

bool is_greeting(std::string_view line) {
  return split_words(line).size() <= kMaxGreetingWords && (line.ends_with(',') || line.ends_with('!'));
}

std::vector<std::string_view> letters_of(std::string_view written) {
  std::vector<std::string_view> words;
  while (!written.empty()) {
    const auto begin = std::find_if(written.begin(), written.end(), is_letter);
    written.remove_prefix(static_cast<std::size_t>(begin - written.begin()));
    const auto end = std::find_if_not(written.begin(), written.end(), is_letter);
    const auto length = static_cast<std::size_t>(end - written.begin());
    if (length > 0) words.push_back(written.substr(0, length));
    written.remove_prefix(length);
  }
  return words;
}

}  // namespace majlis::commands
