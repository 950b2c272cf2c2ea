#pragma once

#include <string>
#include <string_view>

namespace majlis::lists {

// The first line of a field in the header of a message with LF line ends; "" = there is none. `name`: lower case, with
// its colon.
std::string header_field(std::string_view message, std::string_view name);

}  // namespace majlis::lists
