#pragma once

namespace majlis::bin {

// majlis-flush [--site DIR] [--relay URL] [--connections N] [--wait] [--verbose]. Quiet on success; 75 when the spool
// or the site cannot be used, 64 for wrong use.
int flush(int argc, char** argv);

}  // namespace majlis::bin
