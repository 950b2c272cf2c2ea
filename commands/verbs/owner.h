#pragma once

#include <string>
#include <vector>

#include "commands/desk/desk.h"
#include "lists/effects/kept_request.h"

namespace majlis::commands {

// The list of an owner's command, open for changes, and the arguments without list and password.
struct OwnedTarget {
  lists::List* list = nullptr;
  std::vector<std::string> rest;
};

// VERB [LIST] PASSWORD ..., or VERB [LIST] ... behind `approve PASSWORD`. Complains and gives a target without list
// when there is no list or the password is not right for it.
Result<OwnedTarget> find_owned(Desk& desk, const Request& request);

// An owner's command in a tongue where passwords stand in lines besides ("PW=..."): VERB [LIST] ...
struct OwnersTarget {
  const lists::List* list = nullptr;
  std::vector<std::string> rest;
  // By a right PW=, or the owner's OK to this very command. Else the From field names an owner, which proves nothing:
  // ask_owner_to_confirm(), or refuse.
  bool is_proven = false;
};
// Complains and gives a target without list when there is no list, or when it is no owner's address that writes: a
// right password does not help that.
Result<OwnersTarget> find_for_owner(Desk& desk, const Request& request);

// Keeps the command, with its data, until the owner who wrote it confirms it by a code that is mailed there, and says
// so. `request.agreed`: how many members it is about, told in the letter and not to be exceeded.
Status ask_owner_to_confirm(Desk& desk, const OwnersTarget& target, Request request);
// The same of a request of the requester's own that is kept in a form of its own, about one list or none; `shown` is
// one line, `more` as in lists::AskedCommand.
Status ask_to_confirm_kept(Desk& desk, const lists::List* list, const lists::KeptRequest& kept, std::string shown,
                           std::string more);
// Carries out what was kept by ask_owner_to_confirm(); its token was right.
Status carry_out_kept_command(Desk& desk, const std::string& details);

// Whether this message may go through a whole roster once more (Desk::may_walk_roster()); else complains.
bool may_walk_roster(Desk& desk, const Request& request);

// The words for a password that is not right; `refusal` is what is said of a wrong one behind `command`.
void refuse_password(Desk& desk, Passwords::Answer answer, Reply refusal, const std::string& command);

// A line for `majlis trace` and the log: who did what with the list's password.
void note_owner_action(Desk& desk, const lists::List& list, std::string_view what);

}  // namespace majlis::commands
