#pragma once

#include <optional>

#include "mail/automatic_reason.h"
#include "mail/message.h"
#include "mail/return_path.h"

namespace majlis::mail {

// Whether a machine wrote this, or passed it on (RFC 3834): null sender, Auto-Submitted other than "no", Precedence
// bulk, junk or list, a report or receipt, a header field of a robot or a list (mail/robot_fields.h), a robot's local
// part as author or in the return path. The strongest reason; nullopt for a person's mail. Nothing in the message can
// switch this off.
std::optional<AutomaticReason> automatic_reason(const Message& message, const ReturnPath& envelope_sender);

// The same of a message that a person's mail program wrote by itself at the touch of a button: Auto-Submitted is no
// reason then.
std::optional<AutomaticReason> automatic_reason_but_submitted(const Message& message,
                                                              const ReturnPath& envelope_sender);

// The same of a message that says with "X-Ack: yes" that it wants an answer, whatever its Precedence.
std::optional<AutomaticReason> automatic_reason_but_precedence(const Message& message,
                                                               const ReturnPath& envelope_sender);

// Whether the Subject is one that absence notes, receipts and the like begin with, in the languages of Outlook,
// Exchange and others that leave RFC 3834's fields away. A person may write such a Subject too: it is no reason against
// a post, but no consent either.
bool has_automatic_subject(const Message& message);

// Mail that only a mail system writes: null sender, multipart/report, mailer-daemon. It never becomes a post.
bool is_bounce_like(const Message& message, const ReturnPath& envelope_sender);

}  // namespace majlis::mail
