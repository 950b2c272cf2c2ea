#pragma once

#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"
#include "mail/message.h"

namespace majlis::mail {

// For a report in a layout that nobody has written down: when its text names exactly one address that is neither the
// sender's nor the reader's nor somebody to ask, that one has failed.
void read_lone_address(const ReportText& text, const Message& message, Report& report);

}  // namespace majlis::mail
