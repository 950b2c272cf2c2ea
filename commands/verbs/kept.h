#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/token.h"
#include "commands/desk/desk.h"
#include "commands/verbs/consent.h"
#include "lists/effects/kept_request.h"

namespace majlis::commands {

// What a token alone stands for (lists/effects/kept_request.h).
struct KeptConfirmation {
  const lists::List* list;  // nullptr: it is about no list, or about several
  lists::KeptRequest kept;
  Confirmed confirmed;
  mail::Mailbox person;
  auth::ValidToken token;
};

// nullopt: nothing is kept under it, it is wrong, expired or used, or somebody else was asked than who writes.
Result<std::optional<KeptConfirmation>> find_kept(Desk& desk, std::string_view token);

// The Subjects of the letter that asked for it.
std::vector<std::string> subjects_of(Desk& desk, const KeptConfirmation& kept, std::string_view token);

// The requester's own for the site; "": none from now on. Says so.
Status put_personal_password(Desk& desk, const std::string& hash);

}  // namespace majlis::commands
