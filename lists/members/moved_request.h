#pragma once

#include "lists/effects/moved_in.h"
#include "lists/effects/work.h"
#include "lists/members/membership_request.h"
#include "lists/site/list.h"

namespace majlis::lists {

// A request that waited for an owner elsewhere waits here now; nobody is told. False: one about that address waits
// already, or this one has waited here before.
Result<bool> keep_moved_request(Work& work, const List& list, const MembershipRequest& request,
                                const WaitedElsewhere& there);

}  // namespace majlis::lists
