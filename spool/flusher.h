#pragma once

#include "base/result.h"
#include "spool/flush_help.h"
#include "spool/flush_options.h"
#include "spool/flush_report.h"
#include "spool/spool.h"

namespace majlis::spool {

// Delivers everything that is due in new/ and later/. Several runs at once share the jobs (flock per job). Killed
// anywhere it neither loses nor repeats a delivery, apart from SMTP's own window between the end of a message and its
// answer: one transaction per connection, or with CHUNKING several that together have no more recipients. Error only
// when the spool itself cannot be used (then exit 75).
Result<FlushReport> flush(const Spool& spool, const FlushOptions& options, const FlushHelp& help);

}  // namespace majlis::spool
