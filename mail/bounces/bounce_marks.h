#pragma once

#include <optional>
#include <string>

#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"
#include "mail/message.h"
#include "mail/return_path.h"

namespace majlis::mail {

// What the form of the letter says at once, whatever its words are: a feedback report (RFC 5965, and the complaint
// forms of those who do not write it), a receipt (RFC 8098).
std::optional<ReportKind> kind_by_form(const Message& message);

// A letter that a person's mailbox wrote by itself (RFC 3834 and its older relatives).
bool is_autoreply(const Message& message);

// How a letter was sent.
enum class SentBy {
  person,       // or whoever
  null_sender,  // as reports are, and absence notes
  mail_system,  // with the author, the subject or a field that only mail systems use
};
SentBy sent_by(const Message& message, const ReturnPath& envelope_sender);

// Whether it calls itself a machine's by Auto-Submitted (RFC 3834).
bool is_submitted_by_machine(const Message& message);

// Whether its subject is that of an absence note.
bool has_absence_subject(const Message& message);

// Whether its subject calls it a warning.
bool has_delay_subject(const Message& message);

}  // namespace majlis::mail
