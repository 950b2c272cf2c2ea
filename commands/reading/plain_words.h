#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::commands {

// Words of people, to be looked up in tables of many languages.

enum class Match { whole, prefix, suffix };

struct Word {
  std::string_view text;
  Match match = Match::whole;
};

bool is_among(std::string_view word, std::span<const Word> table);

// Lower case where it is ASCII, and one apostrophe for all that look like it.
std::string plain(std::string_view text);

// A word as people write it, without its mark: "Accept.", "reject:".
std::string_view without_marks(std::string_view word);

// "Hello," or "Dear Olga!" above what is meant.
bool is_greeting(std::string_view line);

// The words in one that stands between blanks: "don't-know" has two; between them stands what is no letter. Dashes and
// the like of Unicode count as letters.
std::vector<std::string_view> letters_of(std::string_view written);

}  // namespace majlis::commands
