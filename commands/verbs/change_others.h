#pragma once

#include "commands/desk/desk.h"

namespace majlis::commands {

// CHANGE [LIST] OLD NEW, CHANGE [LIST] PATTERN *@NEW-HOST, by an owner: of a pattern the owner agrees to how many it
// is, and each entry needs both its mailboxes all the same. Two members never become one.
Status change_others(Desk& desk, const Request& request);

}  // namespace majlis::commands
