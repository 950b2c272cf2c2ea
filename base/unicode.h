#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace majlis {

inline constexpr char32_t kReplacementCodePoint = 0xFFFD;

// Octets of the well-formed UTF-8 sequence (RFC 3629: no overlong forms, no surrogates) at the start of `text`; 0 when
// there is none.
std::size_t utf8_sequence_length(std::string_view text);

// The next code point of UTF-8 `rest`, which moves behind it; an octet that belongs to no well-formed sequence is
// skipped and gives U+FFFD. `rest` must not be empty.
char32_t next_code_point(std::string_view& rest);

// Surrogates and numbers beyond U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

bool is_ascii(std::string_view text);

// What a reader sees of a character, by Unicode's general categories and properties (libunistring).
enum class Appearance {
  visible,  // U+0020 as well, and what this version of Unicode has no character for yet
  blank,    // every other space
  control,  // C0, DEL, C1 and the separators U+2028/2029: what breaks a line or drives a terminal
  hidden,   // zero-width and bidirectional characters, fillers, tags, variation selectors, noncharacters, U+FFFC
};

// `before` is the character in front of it, 0 when there is none or it does not matter: the selector that makes an
// emoji of it is visible with it.
Appearance appearance_of(char32_t code_point, char32_t before = 0);

// `text` as who typed it meant it: a blank of any kind is ' ', and what nobody sees is not there. What is no UTF-8
// stays.
std::string with_plain_blanks(std::string_view text);

// Whether there is a character in it that nobody sees.
bool has_hidden(std::string_view text);

inline bool is_control(char32_t code_point) { return appearance_of(code_point) == Appearance::control; }

}  // namespace majlis
