#pragma once

#include <string>
#include <string_view>

namespace majlis::lists {

// The first field of that name in the header of a message with LF line ends, unfolded; "" = there is none.
std::string header_field(std::string_view message, std::string_view name);

}  // namespace majlis::lists
