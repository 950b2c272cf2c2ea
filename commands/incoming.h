#pragma once

#include <cstddef>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "commands/tongues/tongue.h"
#include "mail/message.h"

namespace majlis::commands {

// What a message to a command address asks for: by its address (LIST-subscribe; and the Subject that a member's own
// List-Unsubscribe makes), or by the lines of its first text
// part that holds any; of one signed inline (OpenPGP) by those that are signed, the signature proving nothing. Headers,
// attachments and what is quoted hold no commands; of the Subject only the token of a plain reply is taken, and,
// when there is no command in the text, a Subject that is one word which changes nothing unconfirmed (help). A plain
// reply to a letter that asks to confirm (LIST-confirm+TOKEN) is one request with Request::reply.
std::vector<tongues::Request> read_requests(const Tongue& tongue, const lists::Destination& destination,
                                            const ListLookup& lookup, const mail::Message& message);

// A plain reply without its quotations; `domain`: ours.
tongues::PlainReply read_plain_reply(const Tongue& tongue, const mail::Message& message, const std::string& domain);

// The token of a letter that a reply quotes, or has in its Subject as that letter had; "" when there is none.
std::string quoted_token(const Tongue& tongue, const mail::Message& message);

// Most that are read of one message; how many are obeyed depends on the password in it.
constexpr std::size_t kMaxCommandsApproved = 1000;

// The first that asks for something, understood or not; nullptr: there is none, at most a signature.
const tongues::Request* find_command(const std::vector<tongues::Request>& requests);

}  // namespace majlis::commands
