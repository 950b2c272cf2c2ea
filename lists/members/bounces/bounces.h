#pragma once

#include "lists/effects/arrival.h"
#include "lists/site/directory.h"

namespace majlis::lists {

// A message to LIST-bounces, with or without a tag, or to owner-LIST and LIST-owner, which other list managers used as
// return address. A report that came back to a signed address is registered against the member it was signed for, and
// against nobody else, whatever it says; everything else counts nothing (unless the list's settings say so), and goes
// to the owner, so many a day, as far as a person may want to read it.
Result<Outcome> receive_returned(const Site& site, const Destination& destination, const Arrival& arrival);

}  // namespace majlis::lists
