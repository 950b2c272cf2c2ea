#pragma once

#include <vector>

#include "commands/list_lookup.h"
#include "commands/request.h"
#include "mail/message.h"

namespace majlis::commands {

// What a message to a command address asks for: by its address (LIST-subscribe), or by the lines of its first text
// part. Subject, headers, attachments and what is quoted hold no commands; only the token of a one-word reply is taken
// from the Subject.
std::vector<Request> read_requests(const lists::Site& site, const lists::Destination& destination,
                                   const ListLookup& lookup, const mail::Message& message);

}  // namespace majlis::commands
