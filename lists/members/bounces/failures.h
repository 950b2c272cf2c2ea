#pragma once

#include <vector>

#include "base/result.h"
#include "lists/site/site.h"
#include "spool/flush_report.h"

namespace majlis::lists {

// Mail that the flusher will not try again: a member's failure is registered as a bounce that we saw ourselves, other
// mail that was lost, or lost by the relay's fault, is told to the owner in the daily report. Durable when it returns
// ok; the same failures told a second time count no second time. For FlushHelp::tell.
Status note_lost_mail(const Site& site, const std::vector<spool::Failure>& failures, UnixTime now);

}  // namespace majlis::lists
