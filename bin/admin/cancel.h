#pragma once

#include "bin/admin/call.h"
#include "lists/site/site.h"
#include "spool/queue.h"

namespace majlis::bin::admin {

// Moves a job to spool/bad/ with the reason, and tells `majlis trace` of it. `view`: the job as it was just seen.
Result<spool::Change> cancel(const Call& call, const lists::Site& site, const spool::QueueEntry& entry,
                             const spool::JobView& view);

}  // namespace majlis::bin::admin
