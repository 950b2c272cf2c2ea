#pragma once

#include <string>

#include "commands/desk.h"
#include "lists/membership.h"

namespace majlis::commands {

// Decides about one address and one list with the proof at hand, carries it out, and says so.
Status change_membership(Desk& desk, const lists::List& list, lists::MembershipChange change, const mail::Mailbox& who,
                         auth::Proof proof);

// The person a line is about: the words as one mailbox, or the requester when there are none. nullopt: complained.
std::optional<mail::Mailbox> person_in(Desk& desk, const Request& request, const std::vector<std::string>& words);

}  // namespace majlis::commands
