#pragma once

#include <string>

#include "commands/desk/desk.h"

namespace majlis::commands {

// Whoever writes agrees, by a token, to a change of address: the former one or the new one. When both have, the entry
// moves with its options. `list`: nullptr, every one; `words`: "OLD NEW".
Status agree_to_change(Desk& desk, const lists::List* list, const std::string& words);

}  // namespace majlis::commands
