#pragma once

#include <string>
#include <string_view>

#include "foreign/python/value.h"

namespace majlis::foreign {

// The charset of what a list of Mailman 2.1 holds, by its preferred_language ("de": "iso-8859-1"); of an unknown one
// "us-ascii".
std::string_view charset_of_language(std::string_view language);

// Octets or text as UTF-8 with LF line ends; "" of anything else. Octets of a list whose charset is "us-ascii",
// "iso-8859-1" or "utf-8" are UTF-8 where they are well-formed and else windows-1252, as lists changed their charset
// and kept their texts; those of another charset are read by it.
std::string utf8_of(const PythonValue& value, std::string_view charset);

}  // namespace majlis::foreign
