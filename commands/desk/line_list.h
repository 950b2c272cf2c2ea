#pragma once

#include <optional>

#include "commands/desk/list_lookup.h"
#include "tongues/request.h"

namespace majlis::commands {

// The list that a line is about, as the verbs will see it; nullopt: none, or none that can be told.
std::optional<lists::ListName> list_of_line(const ListLookup& lookup, const tongues::Request& request);

}  // namespace majlis::commands
