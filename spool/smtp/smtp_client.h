#pragma once

#include "base/result.h"
#include "spool/flusher.h"
#include "spool/work.h"

namespace majlis::spool {

// Delivers all of `work` to the SMTP or LMTP relay of `options`, over at most options.connections connections of one
// thread. Returns when nothing is left or the relay cannot be used (work.stop() was then called).
void deliver_by_smtp(const FlushOptions& options, Work& work);

}  // namespace majlis::spool
