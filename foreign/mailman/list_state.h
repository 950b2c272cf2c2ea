#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "foreign/source/foreign_list.h"

namespace majlis::foreign {

// A list out of the octets of its config.pck. Errors (refused) tell why the octets are no such state.
Result<ForeignList> read_list_state(std::string_view octets, const std::string& file);

}  // namespace majlis::foreign
