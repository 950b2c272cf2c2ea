#pragma once

#include <vector>

#include "lists/arrival.h"
#include "lists/directory.h"
#include "lists/work.h"

namespace majlis::lists {

// Mail for a role that people fill: LIST-owner, owner-LIST, LIST-approval, LIST-bounces, owner-majordomo. The message
// goes on as it came, with a loop mark on top. A bounce goes on with the null sender, so that it cannot come back.
Result<Outcome> forward_to_role(const Site& site, const Destination& destination, const Arrival& arrival);

// What no room can handle is kept in spool/bad with its reason, and the postmaster is told (once a day).
Result<Outcome> set_aside(const Site& site, const Arrival& arrival, std::string_view reason);

}  // namespace majlis::lists
