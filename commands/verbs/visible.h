#pragma once

#include "commands/desk/desk.h"

namespace majlis::commands {

// Majordomo's rule: visible when advertise is empty or matches the requester, hidden when noadvertise does.
bool is_shown_to(const lists::ListConfig& config, const mail::Address& requester);

// Whether the requester may know that the list exists: as above, and members always.
Result<bool> is_visible(Desk& desk, const lists::List& list);

// Desk::may_see(), and says why not: the setting is closed, or, with `is_private`, for members only.
Result<bool> may_see_or_refuse(Desk& desk, const Request& request, const lists::List& list, lists::Setting setting,
                               Reply is_private);

// There is no post in the archive: whether it is none, or one that is empty yet.
void say_no_archive(Desk& desk, const lists::List& list);

// "cooks" of the default domain, else "cooks@lists.example.org".
std::string short_name_of(const Desk& desk, std::string_view list_address);

}  // namespace majlis::commands
