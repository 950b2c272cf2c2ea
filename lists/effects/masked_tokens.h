#pragma once

#include <string>

#include "auth/secret_file.h"
#include "base/clock.h"
#include "mail/message.h"

namespace majlis::lists {

// The octets of `message`, as many, with stars in the place of every token of this site that is good at `now`: whoever
// reads one can use it. Of a part that is encoded and has one nothing is left but stars.
std::string with_tokens_masked(const auth::SecretKeys& keys, const mail::Message& message, UnixTime now);

}  // namespace majlis::lists
