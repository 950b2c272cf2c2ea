#pragma once

#include <string>
#include <string_view>

namespace majlis::foreign {

// An entry of ban_list as an address or a pattern with '*': "^.*@spam\.example$" is "*@spam.example". Where a regular
// expression says what such a pattern cannot, it stays as it is written. Pure.
std::string ban_pattern(std::string_view written);

}  // namespace majlis::foreign
