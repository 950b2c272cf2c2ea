#pragma once

#include <optional>
#include <string_view>

#include "commands/tongues/tongue.h"
#include "mail/message.h"

namespace majlis::commands {

// Majordomo's approve tool mails a notice back to where answers to it go, with "Approved: PASSWORD" and no Subject that
// says what it answers: it means the post that waits. The token in the notice's own line is the proof.
std::optional<tongues::Request> approval_by_tool(const Tongue& tongue, const mail::Message& message,
                                                 std::string_view text);

// Mailman's owners answer the notice itself with "Approved: PASSWORD" as well as the letter in it. The Subject names
// what waits.
std::optional<tongues::Request> approval_of_notice(const Tongue& tongue, const mail::Message& message);

}  // namespace majlis::commands
