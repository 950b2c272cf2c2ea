#pragma once

#include <optional>
#include <string_view>

#include "auth/token.h"
#include "commands/desk/desk.h"
#include "commands/verbs/consent.h"

namespace majlis::commands {

// What a token alone stands for (lists/effects/kept_request.h).
struct KeptConfirmation {
  const lists::List* list;
  lists::ChallengedAction action;
  Confirmed confirmed;
  mail::Mailbox person;
  auth::ValidToken token;
};

// nullopt: nothing is kept under it, it is wrong, expired or used, or somebody else was asked than who writes.
Result<std::optional<KeptConfirmation>> find_kept(Desk& desk, std::string_view token);

}  // namespace majlis::commands
