#pragma once

namespace majlis::bin {

// From here on the first SIGTERM, SIGINT or SIGHUP is only noted; a second one ends the process as usual.
void note_end_signals();
bool is_end_signalled();

}  // namespace majlis::bin
