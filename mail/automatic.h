#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/message.h"

namespace majlis::mail {

// The weakest reason: a person's mail may have it too.
constexpr std::string_view kNoReplyWanted = "no-reply-wanted";

// Whether a machine wrote this (RFC 3834; security-and-standards.md A5): null sender, Auto-Submitted other than "no",
// Precedence bulk/junk/list, any List-*/Mailing-List/X-Loop/X-BeenThere/X-Mailing-List field, multipart/report,
// X-Autoreply and its relatives, a robot's local part as envelope sender or author, X-Auto-Response-Suppress. The
// reason as one word for the log, nullopt for a person's mail. Nothing in the message can switch this off.
std::optional<std::string> automatic_reason(const Message& message, const std::optional<Address>& envelope_sender);

// Whether the Subject is one that absence notes begin with, in the languages of Outlook, Exchange and the like that
// leave RFC 3834's fields away. A person may write such a Subject too: it is no reason against a post, but no consent
// either.
bool has_absence_subject(const Message& message);

// Mail that only a mail system writes: null sender, multipart/report, mailer-daemon. It never becomes a post.
bool is_bounce_like(const Message& message, const std::optional<Address>& envelope_sender);

}  // namespace majlis::mail
