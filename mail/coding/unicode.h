#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

inline constexpr char32_t kReplacementCodePoint = 0xFFFD;

// The next code point of UTF-8 `rest`, which moves behind it; an octet that belongs to no well-formed sequence is
// skipped and gives U+FFFD. `rest` must not be empty.
char32_t next_code_point(std::string_view& rest);

// Surrogates and numbers beyond U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

bool is_ascii(std::string_view text);

// C0, DEL, C1 and the separators U+2028/2029: what breaks a line or drives a terminal.
bool is_control(char32_t code_point);

// Controls, blanks other than U+0020, zero-width and bidirectional characters, fillers, tags, variation selectors,
// noncharacters and U+FFFD: nothing a reader could see, so nothing that may tell two addresses apart.
bool is_hidden(char32_t code_point);

}  // namespace majlis::mail
