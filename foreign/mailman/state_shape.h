#pragma once

#include <vector>

#include "foreign/python/value.h"
#include "foreign/source/finding.h"

namespace majlis::foreign {

// What of a list's state, a dict, is of another type than Mailman gives it, and so is not read: variables that this
// program reads itself, their entries about members, and settings that hold what no setting can.
std::vector<Finding> strange_values(const PythonValue& state);

}  // namespace majlis::foreign
