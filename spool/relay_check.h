#pragma once

#include <string>

#include "spool/transport/relay.h"

namespace majlis::spool {

// Empty: mail could be handed over now, as far as a look can tell (a server greets, a program can be run, a folder can
// be written). Otherwise why not, printable. Waits at most ten seconds for each address of a server.
std::string relay_problem(const Relay& relay);

}  // namespace majlis::spool
