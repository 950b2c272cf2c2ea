#pragma once

#include <string_view>

namespace majlis::mail {

// What a failure says about the address that the mail was for.
enum class Blame {
  mailbox,    // there is no such mailbox, or it was closed
  temporary,  // full, unreachable, not answering: may pass
  message,    // this letter was not wanted, was too large or went in a circle: the address may be quite well
  unclear,    // given up without a reason that can be read
};
std::string_view word_for(Blame blame);

// By the enhanced status (RFC 3463) first, then by the words beside it: `status` is "5.1.1" or "", `reason` what the
// mail system said, reply code included. Words about policy, spam, authentication and loops always blame the message,
// unless the same words say that the mailbox does not exist. Pure.
Blame blame_for(std::string_view status, std::string_view reason);

}  // namespace majlis::mail
