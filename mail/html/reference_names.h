#pragma once

#include <string_view>

namespace majlis::mail {

// All named character references of HTML, in octet order: "amp:26 ang;2220 ...". A name, ':' where the semicolon behind
// it may be missing, else ';', its one or two code points in hexadecimal with '.' between, a blank.
std::string_view reference_names();

}  // namespace majlis::mail
