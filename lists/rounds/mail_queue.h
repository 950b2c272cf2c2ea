#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"

// Mail that waits to be delivered, and mail that was set aside, as an administrator sees it and acts on it. Looking
// takes no lock, so it disturbs no run of majlis-flush.
namespace majlis::lists {

// A job's file; nothing but its name was read.
struct QueuedJob {
  enum class Folder { in_new, in_later, on_hold, in_bad };
  Folder folder = Folder::in_new;
  std::string file;
  std::string id;    // in bad/ the file's name where that is no job's
  UnixTime due = 0;  // 0: with the next run
};
std::string_view word_for(QueuedJob::Folder folder);  // new, later, hold, bad

// One who is left in a job.
struct QueuedRecipient {
  std::string address;
  std::string last_answer;  // "4.2.2 mailbox full", "" when nobody was asked yet
  unsigned attempts = 0;
  UnixTime next_try = 0;  // 0: with the next run
};

// A job as it was a moment ago.
struct JobState {
  std::string id;
  std::string list;  // "" for the site's own mail
  std::string message_id;
  std::string sender;  // "" = null
  UnixTime created = 0;
  UnixTime expires = 0;
  std::uint64_t message_octets = 0;
  std::uint64_t delivered = 0;
  std::uint64_t failed = 0;
  std::uint64_t left = 0;                   // known by name
  bool has_more_members = false;            // of a roster that is not read to its end
  unsigned attempts = 0;                    // runs in a row that the relay itself was in the way of
  std::string last_answer;                  // of the relay as a whole
  std::vector<QueuedRecipient> recipients;  // of those who are left the first kMaxNamedRecipients, where wanted
};
constexpr std::size_t kMaxNamedRecipients = 1000;

// Who is left, in words: "3", "members", "3+members".
std::string left_in_words(const JobState& job);

// What waits: new/, then later/ by time.
Result<std::vector<QueuedJob>> waiting_jobs(const Site& site);
// What came with a restored site and waits to be released.
Result<std::vector<QueuedJob>> jobs_on_hold(const Site& site);
// Of all these the jobs for the members of one list; a file that cannot be read is none of them.
Result<std::vector<QueuedJob>> jobs_to_members(const Site& site, std::string_view list);
Result<std::vector<QueuedJob>> jobs_set_aside(const Site& site);
// Why a job was set aside, "" when nothing is known.
std::string why_set_aside(const Site& site, const QueuedJob& job);

// What a look at a file found; neither: it was delivered or moved meanwhile.
struct JobSight {
  std::optional<JobState> state;
  std::string damage;  // why it cannot be read for good: the run in which it is due would set it aside
};
enum class Recipients { counted, named };
// An Error where the machine cannot read it now.
Result<JobSight> look_at_job(const Site& site, const QueuedJob& job, UnixTime now, Recipients recipients);

enum class JobChange {
  done,
  done_in_part,  // its progress was damaged: who is not in what is left of it gets the message again
  busy,          // a run is at work on it
  gone,          // delivered or moved meanwhile
};
// Makes the job due at once, and so everybody in it who was deferred; out of bad/ as well. Of damaged
// progress what is intact counts; damaged: the head cannot be read.
Result<JobChange> retry_job(const Site& site, const QueuedJob& job, UnixTime now);

// A job on hold is due with the next run.
Result<JobChange> release_job(const Site& site, const QueuedJob& job);

struct Cancellation {
  JobChange change = JobChange::done;
  Status traced;  // whether `majlis trace` knows why the rest never got it
};
// Moves the job to bad/ with the reason, damaged or not; `sight`: as it was just seen, and not gone.
Result<Cancellation> cancel_job(const Site& site, const QueuedJob& job, const JobSight& sight, UnixTime now);

}  // namespace majlis::lists
