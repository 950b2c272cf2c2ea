#pragma once

#include <optional>
#include <string_view>

namespace majlis::mail {

// A character reference at the start of `text` (which begins with '&'), such as "&eacute;", "&#8217;" or "&#x2019;".
struct CharacterReference {
  char32_t code_point;
  std::size_t octets;  // as written, the semicolon included when there is one
};

// HTML's names for Latin-1, punctuation and common symbols; numbers 128 to 159 are read as windows-1252, as browsers
// do. nullopt when the ampersand stands for itself.
std::optional<CharacterReference> read_character_reference(std::string_view text);

}  // namespace majlis::mail
