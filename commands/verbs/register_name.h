#pragma once

#include <string>
#include <vector>

#include "commands/desk/desk.h"

namespace majlis::commands {

// Puts the name beside the requester's address on these lists, and says so; "" takes it away.
Status put_name(Desk& desk, const std::string& name, const std::vector<std::string>& lists);

// Asks the requester's address to confirm it. `word`: the verb of the line; `list`: that it is about, nullptr for all
// that the address will be on then.
Status ask_for_name(Desk& desk, const std::string& word, const lists::List* list, const std::string& name);

}  // namespace majlis::commands
