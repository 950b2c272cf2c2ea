#pragma once

#include <optional>

#include "mail/message.h"

namespace majlis::lists {

// Whether somebody has sent the message on as it was (Resent-*: RFC 5322 3.6.6).
bool is_resent(const mail::Message& message);

// Who did it last; nullopt: nobody, or it cannot be read.
std::optional<mail::Mailbox> resender_of(const mail::Message& message);

}  // namespace majlis::lists
