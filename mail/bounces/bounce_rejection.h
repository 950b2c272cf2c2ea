#pragma once

#include "mail/bounces/report.h"
#include "mail/message.h"

namespace majlis::mail {

// A disposition notification (RFC 8098) that says the message was refused: what Sieve's reject (RFC 5429) and mailboxes
// over quota write. False, and nothing read, for one that tells of a message displayed, or deleted by its reader.
bool read_rejection(const Message& message, Report& report);

}  // namespace majlis::mail
