#pragma once

#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "spool/flush_report.h"

namespace majlis::lists {

// Lines for `majlis trace`: what a run of the flusher did for each job, by its message, and for each recipient that it
// names, by the address too. Durable when it returns ok.
Status trace_results(const Site& site, const std::vector<spool::JobResult>& results, UnixTime now);

}  // namespace majlis::lists
