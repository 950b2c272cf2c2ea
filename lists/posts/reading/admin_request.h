#pragma once

#include <string_view>

#include "mail/message.h"

namespace majlis::lists {

enum class AdminRequest {
  none,
  command,  // a line that is a command with plausible arguments
  prose,    // "please remove me from this list"
};

// Whether a post is a request to the list's manager that went to the members by mistake. Looked at are the Subject
// (unless it is an answer's) and what the author wrote above any signature and quoted text, there the first lines; long
// texts are no requests. `list` is the bare name of the list. Pure; any octets.
AdminRequest find_admin_request(std::string_view subject, std::string_view text, std::string_view list);

// The same of a message: its first text, and its Subject unless it answers another message.
AdminRequest find_admin_request(const mail::Message& message, std::string_view list);

}  // namespace majlis::lists
