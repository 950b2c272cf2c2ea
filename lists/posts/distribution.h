#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "mail/message.h"

namespace majlis::lists {

// Sends a post that may pass to everybody who is a member now: transforms, archive, one job.
Status distribute(Work& work, const List& list, const mail::Message& message, std::string_view envelope_sender);

}  // namespace majlis::lists
