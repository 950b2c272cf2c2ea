#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mail/bounces/report.h"

namespace majlis::mail {

// Collects recipients: each address once, a failure instead of a delay, at most kMaxReportedRecipients.
void add_recipient(Report& report, ReportedRecipient recipient);

// Text of a report as ReportedRecipient::reason has it.
std::string one_reason(std::string_view text);

// The per-recipient groups of a delivery status (RFC 3464 2.3), wherever they stand in `text` (LF line ends): a group
// is fields up to an empty line. Groups without a usable address or outcome are left out. Returns how many groups told
// of a failure for something that is no address.
std::size_t read_status_groups(std::string_view text, Report& report);

}  // namespace majlis::mail
