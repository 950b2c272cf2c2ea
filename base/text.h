#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis {

// ASCII only, independent of the locale; octets above 127 pass unchanged.
char to_lower_ascii(char c);
std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
// Position of `needle` in `text`, ASCII case ignored; npos when absent. Linear in text for needles of a few words.
std::size_t find_ignoring_case(std::string_view text, std::string_view needle);

bool is_blank(char c);                                                          // space or TAB
std::string_view trim(std::string_view text);                                   // blanks, CR and LF at both ends
std::vector<std::string_view> split_words(std::string_view text);               // at runs of blanks
std::vector<std::string_view> split_at(std::string_view text, char separator);  // empty pieces kept

// The next line of `rest` without its line end (LF or CRLF); `rest` moves behind it. nullopt when rest is empty.
std::optional<std::string_view> next_line(std::string_view& rest);

// Only digits, no sign, no overflow.
std::optional<std::uint64_t> parse_number(std::string_view digits);

// One line that is safe in a log and on a terminal: everything outside printable ASCII as \xNN, cut at `max_octets`.
std::string printable(std::string_view text, std::size_t max_octets = 500);

// As printable(), for what people read as UTF-8: well-formed characters stay; controls, hidden characters
// (base/unicode.h) and stray octets are \xNN. Never cut inside a character.
std::string printable_utf8(std::string_view text, std::size_t max_octets = 500);

// True for well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_valid_utf8(std::string_view text);
// The beginning of UTF-8 text, at most `max_octets`, no character cut in two.
std::string_view utf8_prefix(std::string_view text, std::size_t max_octets);

std::string hex(std::string_view bytes);  // lower case

// A JSON string with its quotes; controls and hidden characters (base/unicode.h) are \uNNNN, invalid UTF-8 octets
// become U+FFFD.
std::string json_string(std::string_view text);

}  // namespace majlis
