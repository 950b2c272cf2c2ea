#pragma once

#include <string>

#include "commands/desk/desk.h"

namespace majlis::commands {

// Mails one file of a list to the requester, in a message of its own.
void send_file(Desk& desk, const lists::List& list, const std::string& name, std::string bytes);

}  // namespace majlis::commands
