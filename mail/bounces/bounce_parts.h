#pragma once

#include <string>
#include <vector>

#include "mail/message.h"

namespace majlis::mail {

// True for a part that is the report's own, not one of a message it returns.
bool is_own_part(const Scan& scan, const Part& part);

// A part's body, transfer encoding undone, with LF line ends.
std::string decoded_part(const Message& message, const Part& part);

// The messages that a letter has in it, or their header fields alone, as far as they are its own parts.
std::vector<Message> enclosed_messages(const Message& message);

}  // namespace majlis::mail
