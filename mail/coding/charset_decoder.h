#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// To UTF-8, by the name of charset_names.h. An octet (in UTF-16 and UTF-32 a unit) that begins no character becomes
// U+FFFD. Octets of a charset without a table stay as they are. Loads nothing.
std::string decode_charset(std::string_view bytes, std::string_view name);

}  // namespace majlis::mail
