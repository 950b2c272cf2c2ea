#pragma once

#include <cstddef>

#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"

namespace majlis::mail {

// What a report's text tells of the recipient named in line `at`: codes and origin stand in that line or below it.
ReportedRecipient recipient_of_entry(const ReportText& text, std::size_t at, const Address& address, Outcome outcome);

// Gives one who failed alone what the whole text tells, when his entry tells no code.
void complete_from(const ReportText& text, ReportedRecipient& recipient);

}  // namespace majlis::mail
