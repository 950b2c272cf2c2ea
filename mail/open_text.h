#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// A text in which something is filled in later: at each gap stands a mark, a stem and one more octet. The stem is
// printable ASCII that a text has nowhere else.

bool has_gaps(std::string_view text, std::string_view stem);  // an empty stem is in none

// Quoted-printable with CRLF line ends of octets with LF ones. A mark is by itself at the start of a line that ends in
// a soft line break, so whatever is put in its place, in quoted-printable too, is no part of another line. The text
// must be put where a line begins.
std::string encode_with_gaps(std::string_view octets, std::string_view stem);

// The same of text that is made valid UTF-8 with LF line ends first.
std::string encode_open_text(std::string_view text, std::string_view stem);

// The same where no line begins with "--": "-" is written as an escape there, so that none is a delimiter.
std::string without_leading_dashes(std::string encoded);

// A text/plain part made of it: its fields, the empty line and the text, CRLF line ends. No line of the text begins
// with "--".
std::string open_text_part(std::string_view text, std::string_view stem);

}  // namespace majlis::mail
