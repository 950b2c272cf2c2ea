#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// One line of valid UTF-8: controls, line ends and U+2028/2029 become blanks, byte order marks are dropped, long runs
// of blanks are shortened, none stand at the ends.
std::string one_line(std::string_view text);

// `text` as RFC 2047 encoded words (UTF-8) of at most 75 octets, joined by single blanks; no character is cut in two.
// Safe in a phrase as well as in unstructured text (RFC 2047 5 (3)). `text` is valid UTF-8.
std::string encode_words(std::string_view text);

}  // namespace majlis::mail
