#pragma once

#include <string>

#include "commands/desk/desk.h"

namespace majlis::commands {

// A header that its owner has confirmed by a code: stored, or what is wrong with it by now is told.
Status put_confirmed_header(Desk& desk, const lists::List& list, const std::string& header);

}  // namespace majlis::commands
