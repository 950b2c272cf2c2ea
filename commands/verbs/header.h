#pragma once

#include "commands/desk/desk.h"
#include "lists/effects/kept_request.h"

namespace majlis::commands {

// A header, or templates, that an owner has confirmed by a code: stored, or what is wrong with them by now is told.
Status put_confirmed_header(Desk& desk, const lists::List& list, const lists::KeptRequest& kept);

}  // namespace majlis::commands
