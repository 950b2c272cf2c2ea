#pragma once

#include <optional>

#include "commands/desk/list_lookup.h"
#include "mail/address.h"
#include "tongues/request.h"

namespace majlis::commands {

// The list that a line is about, as the verbs will see it; nullopt: none, or none that can be told.
std::optional<lists::ListName> list_of_line(const ListLookup& lookup, const tongues::Request& request);

// Whose own the password may be that it gives (Request::password); nullopt: nobody's.
std::optional<mail::Address> person_of_password(const tongues::Request& request, const mail::Address& requester);

}  // namespace majlis::commands
