#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "spool/flush_report.h"
#include "spool/spool.h"

namespace majlis::bin {

// The figures of a site's post room, as Prometheus reads them (text exposition format, for node_exporter's textfile
// collector). The counters go on from run to run: the file itself remembers them.
struct Metrics {
  // Counters.
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
  std::uint64_t jobs_finished = 0;
  std::uint64_t jobs_set_aside = 0;
  // As it is now.
  std::uint64_t jobs_new = 0;
  std::uint64_t jobs_later = 0;
  std::uint64_t jobs_bad = 0;
  UnixTime oldest_job_age_s = 0;  // 0: no job waits
  UnixTime last_run = 0;
  double last_run_s = 0;

  std::string text() const;
  // Counters that are not there, or not readable, are 0: they begin anew, which Prometheus understands.
  static Metrics parse(std::string_view text);
};

// Adds a run to the file at `path`, which readers see whole at any time. Runs that end together are both counted.
Status add_run_to_metrics(const std::string& path, const spool::Spool& spool, const spool::FlushReport& report,
                          UnixTime now, double duration_s);

}  // namespace majlis::bin
