#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::lists {

// Begins a signature in mail (RFC 3676 4.3): the blank at its end is kept, also where it stands without an escape.
constexpr std::string_view kSignatureLine = "-- ";

// The `-` escapes of Majordomo's string_array: a lone '-' is a blank line, '-' keeps the blanks behind it, '--' is '-'.
std::string unescape_line(std::string_view line);
std::string escape_line(std::string_view line);

// Lines separated by LF; none for the empty text.
std::vector<std::string> split_lines(std::string_view text);

}  // namespace majlis::lists
