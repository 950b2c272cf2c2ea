#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "spool/job/job.h"
#include "spool/job/progress.h"
#include "spool/spool.h"

namespace majlis::spool {

// What an administrator sees and does: jobs in new/, later/, hold/ and bad/. Looking takes no lock, so it disturbs no
// run.

enum class Folder { in_new, in_later, on_hold, in_bad };
const char* folder_name(Folder folder);

struct QueueEntry {
  Folder folder = Folder::in_new;
  std::string name;    // of the file
  std::string job_id;  // in bad/ the file's name where that is no job's
  UnixTime due = 0;    // 0: with the next run
};

// Names only: new/, then later/ by time. Files that are none of ours are left out; so are half-made rewrites.
Result<std::vector<QueueEntry>> list_queue(const Spool& spool);
// Jobs that no run takes until they are released: those that came with a restored site.
Result<std::vector<QueueEntry>> list_hold(const Spool& spool);
// Of all these the jobs that are for the members of one list; a file that cannot be read is none of them.
Result<std::vector<QueueEntry>> jobs_to_members(const Spool& spool, std::string_view list);
// The files in bad/, without those that tell why.
Result<std::vector<QueueEntry>> list_bad(const Spool& spool);

// Where the job lies; nullopt: nowhere, so it is over, and whoever failed in it was told (FlushHelp::tell). Reads names
// only.
Result<std::optional<Folder>> find_job(const Spool& spool, std::string_view job_id);

// When the next job is due; nullopt when none waits. A time under a wrong clock counts as `now`.
Result<std::optional<UnixTime>> next_due(const Spool& spool, UnixTime now);

struct QueueSummary {
  std::uint64_t in_new = 0;
  std::uint64_t in_later = 0;
  std::uint64_t on_hold = 0;
  std::uint64_t in_bad = 0;
  std::optional<UnixTime> oldest_created;  // of new/ and later/; of 10,000 files when there are more
};
Result<QueueSummary> summarise_queue(const Spool& spool);

// A job as it is at this moment.
struct JobView {
  Job job;  // without its message; the recipients are in `progress`
  Progress progress;
  std::size_t message_octets = 0;
};
// nullopt: it was delivered or moved meanwhile.
Result<std::optional<JobView>> view_job(const Spool& spool, const QueueEntry& entry);
// It is not the machine that cannot read it now: the run in which it is due would set it aside.
bool is_damaged(const Result<std::optional<JobView>>& view);

struct Damage {
  QueueEntry entry;
  std::string why;
};
// What is damaged in new/ and later/. Reads every job; 10,000 when there are more.
Result<std::vector<Damage>> find_damage(const Spool& spool);

// The reason beside a file in bad/, "" when there is none.
std::string why_bad(const Spool& spool, const QueueEntry& entry);

enum class Change {
  done,
  done_in_part,  // its progress was damaged: who is not in what is left of it gets the message again
  busy,          // a run is at work on it
  gone,          // delivered or moved meanwhile
};
// Makes the job due at once, and so everybody in it who was deferred; out of bad/ as well. The limits and pauses of
// domains stay. damaged: its head cannot be read and it stays where it is.
Result<Change> retry_job(const Spool& spool, const QueueEntry& entry, UnixTime now);
// A job on hold is due with the next run.
Result<Change> release_job(const Spool& spool, const QueueEntry& entry);
// Moves the job to bad/ with `reason` beside it, damaged or not. Whoever has had it has had it.
Result<Change> cancel_job(const Spool& spool, const QueueEntry& entry, std::string_view reason);

}  // namespace majlis::spool
