#pragma once

#include "mail/bounces/bounce_marks.h"
#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"
#include "mail/message.h"

namespace majlis::mail {

// For a report in a layout that nobody has written down, in whatever tongue: who failed is told by how addresses stand.
// Those in front of a colon, or in one line with a refusal, are it; else those that have a line for themselves, when
// nobody else is named; else the one that the returned message was for; else the only one. The sender, the reader and
// somebody to ask are nobody's failed recipient. Where only the null sender tells that a mail system wrote, an address
// among words needs a refusal or the returned message beside it: absence notes are sent so as well (RFC 3834).
void read_forms(const ReportText& text, const Message& message, SentBy sent_by, Report& report);

// Whether a line of the report's own holds a permanent refusal's code.
bool tells_refusal(const ReportText& text);

}  // namespace majlis::mail
