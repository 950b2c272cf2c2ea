#pragma once

#include "lists/effects/arrival.h"
#include "lists/effects/work.h"

namespace majlis::lists {

// A message to the list's posting address: judged by post_rules(), then sent to the members, held, returned or dropped,
// in one piece of work. An Error means: nothing happened yet, keep the mail and try again; so it is where a ceiling of
// the list is in the way and its author cannot be told.
Result<Outcome> receive_post(const Site& site, const List& list, const Arrival& arrival);

}  // namespace majlis::lists
