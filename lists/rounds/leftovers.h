#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "store/database.h"

namespace majlis::lists {

// What processes that were killed, or a power cut, have left for ever: copies on their way to their names
// ("NAME.tmp.PID", base/file.h), half-made lists, half-made rewrites of jobs that are gone, reasons in spool/bad
// without a file, and held posts without an entry, which go to spool/bad; and what has lain there for the
// site's bad_days. What is younger than spool::kSweepAge may be
// somebody's still.

// Once a day: notes in the transaction of `state` that it is done now.
Result<bool> are_leftovers_due(store::Writer& state, UnixTime now);
// One line in the log for each. What cannot be looked at is logged and tried again the next day.
void sweep_leftovers(const Site& site, UnixTime now);

}  // namespace majlis::lists
