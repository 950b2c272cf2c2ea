#pragma once

#include "commands/desk.h"
#include "lists/arrival.h"
#include "lists/directory.h"

namespace majlis::commands {

// The one answer to a message of commands, bounded in size, to the person who wrote it: "Majordomo results". Requests
// made by address alone (LIST-subscribe) are answered only when something went wrong: the challenge or the welcome is
// their answer. An address that had its replies for today gets no more, unless the list's password stood in the
// message.
Status reply(Desk& desk, const lists::Destination& destination, const lists::Arrival& arrival);

}  // namespace majlis::commands
