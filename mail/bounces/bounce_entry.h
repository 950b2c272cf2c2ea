#pragma once

#include <cstddef>

#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"

namespace majlis::mail {

// What a report's text tells of the recipient named in line `at`: codes and origin stand in that line or below it.
ReportedRecipient recipient_of_entry(const ReportText& text, std::size_t at, const Address& address, Outcome outcome);

}  // namespace majlis::mail
