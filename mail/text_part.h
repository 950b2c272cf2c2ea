#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// LF line ends become CRLF.
std::string with_crlf(std::string_view text);

// A text/plain part in UTF-8: its fields, the empty line and the text, CRLF line ends; quoted-printable where lines are
// too long or not ASCII. Invalid UTF-8 becomes U+FFFD.
std::string text_part(std::string_view text);
// The same in base64: no line of it can be taken for a delimiter.
std::string text_part_in_base64(std::string_view text);

// A boundary that occurs in none of `contents`; the same seed and contents always give the same.
std::string choose_boundary(std::string_view seed, const std::vector<std::string_view>& contents);

}  // namespace majlis::mail
