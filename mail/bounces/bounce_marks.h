#pragma once

#include <optional>
#include <string>

#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"
#include "mail/message.h"

namespace majlis::mail {

// What the form of the letter says at once, whatever its words are: a feedback report (RFC 5965, and the complaint
// forms of those who do not write it), a receipt (RFC 8098).
std::optional<ReportKind> kind_by_form(const Message& message);

// A letter that a person's mailbox wrote by itself (RFC 3834 and its older relatives).
bool is_autoreply(const Message& message);

// Whether it was sent as mail systems send their reports: null sender, or the author or subject that they use.
bool looks_sent_by_mail_system(const Message& message);

// Whether its subject calls it a warning.
bool has_delay_subject(const Message& message);

}  // namespace majlis::mail
