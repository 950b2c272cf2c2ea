#pragma once

#include "bin/admin/call/call.h"
#include "bin/admin/call/command.h"

namespace majlis::bin::admin {

// What a list still owes before it may be removed: jobs for its members, posts collected for a digest, another list's
// digests. Without
// --force each is told with the next step, and the verdict is `wanting`. With it the jobs are cancelled, each told.
Result<Verdict> settle_what_waits(const Call& call, const lists::Site& site, const lists::ListName& name);

}  // namespace majlis::bin::admin
