#pragma once

#include <optional>
#include <string_view>

#include "mail/address.h"

namespace majlis::mail {

// Who wrote a message, from the body of its only From field, unfolded. Beside what parse_mailbox() takes, what mail
// programs write against RFC 5322: a display name with an unquoted '@', comma, colon, bracket or a stray quotation
// mark, and commas or semicolons behind the address. The author is then the one address in angle brackets, provided
// that no other address stands in the field: where readers might differ about who it is there is none. Pure; linear;
// any octets.
std::optional<Mailbox> parse_author(std::string_view from);

}  // namespace majlis::mail
