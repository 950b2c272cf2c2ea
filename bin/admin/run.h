#pragma once

namespace majlis::bin::admin {

// majlis [--site DIR] COMMAND ... Exit status 0 done, 1 refused or found wanting, 2 wrong use.
int run(int argc, char** argv);

}  // namespace majlis::bin::admin
