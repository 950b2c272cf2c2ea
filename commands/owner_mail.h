#pragma once

#include "lists/effects/arrival.h"
#include "lists/site/directory.h"

namespace majlis::commands {

// A message to LIST-owner: passed on, or counted where it is a bounce (lists::receive_returned). Some mail programs
// send the reply to a letter that asks to confirm here, to its From, in place of its Reply-To: where the token of that
// letter stands in it, the reply consents (doc/REPLIES.md) and has hardly any words of its own, it confirms, and is not
// passed on. So is the reply to a notice that decides what waits.
Result<lists::Outcome> receive_owner_mail(const lists::Site& site, const lists::Destination& destination,
                                          const lists::Arrival& arrival);

}  // namespace majlis::commands
