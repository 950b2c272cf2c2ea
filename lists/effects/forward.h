#pragma once

#include <string_view>
#include <vector>

#include "lists/effects/arrival.h"
#include "lists/effects/work.h"
#include "lists/site/directory.h"

namespace majlis::lists {

// Mail for a role that people fill: LIST-owner, owner-LIST, LIST-approval, owner-majordomo. The message goes on as it
// came, with a loop mark on top. A bounce goes on with the null sender, so that it cannot come back, and without the
// tokens in the letter that it is about.
Result<Outcome> forward_to_role(const Site& site, const Destination& destination, const Arrival& arrival);

// The copy alone, as a part of other work.
Status forward_copy(Work& work, const Destination& destination, const Arrival& arrival);

// Whether our own mark says that the message was here before.
bool went_round(const Site& site, const Arrival& arrival);

}  // namespace majlis::lists
