#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace majlis::mail {

// A character reference at the start of a text (which begins with '&'), such as "&eacute;", "&#8217;" or "&#x2019;".
struct CharacterReference {
  std::array<char32_t, 2> code_points = {};  // the second is 0 where there is only one
  std::size_t octets = 0;                    // as written, the semicolon included when there is one
};

enum class ReferencePlace {
  text,
  attribute,  // "?id=1&lang=en" holds none: without a semicolon no '=', letter or digit may follow
};

// As HTML 13.2.5.72 to 80: the longest name that stands there; numbers 128 to 159 are read as windows-1252. nullopt
// when the ampersand stands for itself.
std::optional<CharacterReference> read_character_reference(std::string_view text, ReferencePlace place);

// Appends `text` with its references read; U+0000 stays.
void append_decoded(std::string& out, std::string_view text, ReferencePlace place);

}  // namespace majlis::mail
