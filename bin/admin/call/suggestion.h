#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::bin::admin {

// "; did you mean 'members'?" where one of `known` is written almost alike (a letter too many, missing, another, or two
// that changed places; two such slips in a word of six letters or more), else "". Pure.
std::string suggestion(std::string_view written, const std::vector<std::string>& known);

}  // namespace majlis::bin::admin
