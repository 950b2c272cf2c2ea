#pragma once

#include "commands/tongues/tongue.h"
#include "lists/effects/arrival.h"
#include "lists/site/directory.h"

namespace majlis::commands {

// A message to a command address (majordomo, LIST-request, LIST-subscribe, LIST-confirm+TOKEN ...): reads its commands,
// carries them out in one piece of work, and answers with one message. Robots are noted and not answered. An Error
// means: nothing happened yet, keep the mail and try again.
Result<lists::Outcome> run_commands(const lists::Site& site, const lists::Destination& destination,
                                    const lists::Arrival& arrival);

// The same in a tongue that the address does not choose.
Result<lists::Outcome> run_commands_in(const Tongue& tongue, const lists::Site& site,
                                       const lists::Destination& destination, const lists::Arrival& arrival);

}  // namespace majlis::commands
