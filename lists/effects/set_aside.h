#pragma once

#include <string_view>

#include "lists/effects/arrival.h"
#include "lists/effects/work.h"

namespace majlis::lists {

// What no room can handle is kept in spool/bad with its reason, and the postmaster is told (of the first in a day). An
// Error (again) where that holds its max_bad_files or max_bad_octets: the MTA is to keep it.
Result<Outcome> set_aside(const Site& site, const Arrival& arrival, std::string_view reason);

// The message came back to us.
Result<Outcome> set_aside_circling(const Site& site, const Arrival& arrival);

}  // namespace majlis::lists
