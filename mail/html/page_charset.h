#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// The charset that the octets of a page are in: what its part says, or, where that is nothing or ASCII, what <meta>
// says at its beginning. Lower case, "" when nobody says.
std::string charset_of_page(std::string_view octets, std::string_view of_part);

}  // namespace majlis::mail
