#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.h"

namespace majlis::commands {

// What a member's own List-Unsubscribe has mail programs write as the Subject (lists/effects/unsubscribe_token.h). What
// the token is worth is not known here.
struct UnsubscribeSubject {
  mail::Address address;
  std::string token;
};

// nullopt: it does not end in those three words.
std::optional<UnsubscribeSubject> read_unsubscribe_subject(std::string_view subject);

}  // namespace majlis::commands
