#pragma once

#include <string>
#include <vector>

#include "commands/desk/desk.h"

namespace majlis::commands {

// The list of an owner's command, open for changes, and the arguments without list and password.
struct OwnedTarget {
  lists::List* list = nullptr;
  std::vector<std::string> rest;
};

// VERB [LIST] PASSWORD ..., or VERB [LIST] ... behind `approve PASSWORD`. Complains and gives a target without list
// when there is no list or the password is not right for it.
Result<OwnedTarget> find_owned(Desk& desk, const Request& request);

// The words for a password that is not right; `refusal` is what is said of a wrong one behind `command`.
void refuse_password(Desk& desk, Passwords::Answer answer, Reply refusal, const std::string& command);

// A line for `majlis trace` and the log: who did what with the list's password.
void note_owner_action(Desk& desk, const lists::List& list, std::string_view what);

}  // namespace majlis::commands
