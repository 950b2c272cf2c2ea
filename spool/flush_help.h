#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "spool/flush_report.h"
#include "spool/job/job.h"

namespace majlis::spool {

// Where to read: cursors, opaque.
struct RosterPlace {
  std::string_view behind;      // "" = from the first
  std::string_view until = {};  // and not behind this; "" = to the last
};

struct RosterPage {
  std::vector<std::string> recipients;  // addresses to deliver to, grouped by domain
  std::string cursor;                   // strictly behind them; empty when there are no more
  std::vector<OwnWords> words = {};     // one for each, where the query wants some
};

// How far a run is, for somebody who watches.
struct FlushProgress {
  std::string job;
  std::string list;
  std::uint64_t job_done = 0;                   // settled recipients of this job, in all runs
  std::optional<std::uint64_t> job_recipients;  // when known
  std::uint64_t delivered = 0;                  // by this run, all jobs
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
  bool is_job_over = false;  // for this run
};

// What the flusher needs from the floor above: the rows of a roster, a page at a time, and the envelope sender of one
// copy.
struct FlushHelp {
  // `missing`: the roster is gone for good. The job is then set aside: somebody may not have had it.
  std::function<Result<RosterPage>(const RosterQuery&, const RosterPlace&, std::size_t max)> roster;
  std::function<std::string(const Job&, std::string_view recipient)> verp_sender;
  // May be empty: nobody has any. The words that are wanted of members of a list, by their addresses.
  std::function<Result<std::vector<OwnWords>>(const std::string& list, const WordsWanted& wanted,
                                              const std::vector<std::string>& addresses)>
      words = nullptr;
  // May be empty. Puts present names in the place of those that a job's list had when it was made.
  std::function<void(Job&)> name_anew = nullptr;
  std::function<UnixTime()> clock;
  // May be empty. Gets the failures of a job, at most kMaxToldAtOnce a call, before the job forgets them; ok means they
  // are durable. A run that is killed in between tells them again. The report holds them in any case.
  std::function<Status(const std::vector<Failure>&)> tell = nullptr;
  // May be empty. What became of jobs, for `majlis trace`: some at a time, at most a second after they ended, so that a
  // thousand small jobs do not cost a thousand transactions. A kill in between loses these lines, and no mail.
  std::function<Status(const std::vector<JobResult>&)> trace = nullptr;
  // May be empty. How many a roster has, about; asked only when somebody watches.
  std::function<std::optional<std::uint64_t>(const RosterQuery&)> members = nullptr;
  // May be empty. True: finish what is under way, then end (a signal came).
  std::function<bool()> is_told_to_end = nullptr;
  // May be empty. Called after each transaction and when a job is over.
  std::function<void(const FlushProgress&)> watch = nullptr;
};

}  // namespace majlis::spool
