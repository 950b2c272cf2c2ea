#pragma once

#include "base/result.h"
#include "spool/transport/batch.h"
#include "spool/transport/relay_options.h"

namespace majlis::spool {

// Delivers all of `work` to the SMTP or LMTP relay of `options`, over at most options.connections connections of one
// thread. Returns when nothing is left or the relay cannot be used (work.stop() was then called).
void deliver_by_smtp(const RelayOptions& options, BatchSource& work);

}  // namespace majlis::spool
