#pragma once

#include "commands/desk/desk.h"

namespace majlis::commands {

// Majordomo's rule: visible when advertise is empty or matches the requester, hidden when noadvertise does.
bool is_shown_to(const lists::ListConfig& config, const mail::Address& requester);

// Whether the requester may know that the list exists: as above, and members always.
Result<bool> is_visible(Desk& desk, const lists::List& list);

}  // namespace majlis::commands
