#pragma once

#include "commands/desk/desk.h"

namespace majlis::commands {

// Replies that an address gets in a day (replies_per_day), however many others speak for it: SERVE gives none back, or
// anybody could have an address written to without end.
Result<bool> take_reply(Desk& desk, const mail::Address& address);  // false: none is left; else one less is
Result<bool> has_reply_left(Desk& desk, const mail::Address& address);

}  // namespace majlis::commands
