#pragma once

#include <optional>
#include <string_view>

#include "mail/address.h"

namespace majlis::mail {

// What a failure says about the address that the mail was for.
enum class Blame {
  mailbox,    // there is no such mailbox, or it was closed
  temporary,  // full, unreachable, not answering: may pass
  message,    // this letter or its sender was not wanted, it was too large or went in a circle: the address may be well
  unclear,    // given up without a reason that can be read
};
std::string_view word_for(Blame blame);

// `status` is "5.1.1" (RFC 3463) or "", `reason` what the mail system said, reply code included, `return_address` the
// envelope sender of what failed. Words about the sender, or that name its return address (with any tag) or find
// fault with the domain of it, and words about how much mail comes blame the message whatever else stands there. Then
// the status decides, in doubt the milder one of those that are told, and then the words; policy, spam, authentication
// and loops blame the message unless the same words say that the mailbox does not exist. Pure.
Blame blame_for(std::string_view status, std::string_view reason,
                const std::optional<Address>& return_address = std::nullopt);

}  // namespace majlis::mail
