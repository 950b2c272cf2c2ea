#pragma once

#include <vector>

#include "commands/desk/desk.h"

namespace majlis::commands {

// Obeys the requests of one message, one after the other and within the site's ceilings; what is none is complained of.
// An Error: the disk, the store.
Status obey_all(Desk& desk, const std::vector<Request>& requests);

}  // namespace majlis::commands
