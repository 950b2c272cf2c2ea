#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// "=XX" undone; a bad escape stays as it is written. Knows nothing of lines: RFC 2045's quoted-printable and RFC 2047's
// Q share it.
std::string decode_escapes(std::string_view text);

// True when it is what RFC 2045 6.7 allows, but that lower case digits and blanks at the ends of lines pass.
bool is_quoted_printable(std::string_view body);

// "=XX" for one octet.
std::string escape_octet(char c);

}  // namespace majlis::mail
