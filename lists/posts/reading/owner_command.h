#pragma once

#include <string_view>

#include "mail/message.h"

namespace majlis::lists {

// Whether a post begins as an owner's command with a password does: "newinfo cooks PASSWORD", "approve PASSWORD who".
// It went to the members by mistake. Only by its shape: whether a right password stands in it is asked elsewhere
// (lists/posts/reading/secret_words.h). `list` is the bare name of the list. Pure; any octets.
bool begins_with_owner_command(std::string_view text, std::string_view list);
bool begins_with_owner_command(const mail::Message& message, std::string_view list);

}  // namespace majlis::lists
