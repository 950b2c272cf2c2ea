#include "lists/upkeep/erasure_jobs.h"

#include <chrono>
#include <thread>

#include "base/file.h"
#include "lists/upkeep/blotting.h"
#include "lists/upkeep/erased_message.h"
#include "spool/job/job_change.h"
#include "spool/queue.h"

namespace majlis::lists {
namespace {

// As long as a run may take that is at work on a job: then the person is asked to come again.
constexpr int kTries = 100;
constexpr std::chrono::milliseconds kBetweenTries{100};

spool::JobChange change_for(const PersonWords& person, const PersonWords& address) {
  return {.is_cancelled = [&](std::string_view who) { return mail::Address::parse(who) == person.address(); },
          .words = [&](std::string_view words) { return address.taken_out_of(words); },
          .message = [&](std::string_view message) { return message_without(message, person); },
          .blotted = [&](std::string_view message) { return address.blotted_in(message); }};
}

Status change_when_free(const std::string& folder, const std::string& name, const spool::JobChange& change) {
  for (int tries = 0; tries < kTries; ++tries) {
    if (tries > 0) std::this_thread::sleep_for(kBetweenTries);
    const Result<bool> changed = spool::change_job(folder, name, change);
    if (!changed) return changed.error();
    // A run that was at work on it has moved it, or ended it: whoever looks again finds it where it is.
    if (*changed || !path_exists(folder + "/" + name)) return {};
  }
  return Error{ErrorKind::again, "majlis-flush is at work on " + name + "; say it again"};
}

Result<std::vector<spool::QueueEntry>> all_jobs(const spool::Spool& spool) {
  std::vector<spool::QueueEntry> all;
  for (const auto list : {spool::list_queue, spool::list_hold, spool::list_bad}) {
    const Result<std::vector<spool::QueueEntry>> some = list(spool);
    if (!some) return some.error();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

}  // namespace

Status erase_in_jobs(const Site& site, const PersonWords& person, Erasing erasing, std::vector<ErasedThing>& things) {
  const spool::Spool spool = site.spool();
  const PersonWords address(person.address(), {});
  const spool::JobChange change = change_for(person, address);
  const Result<std::vector<spool::QueueEntry>> jobs = all_jobs(spool);
  if (!jobs) return jobs.error();
  for (const spool::QueueEntry& job : *jobs) {
    const std::string below = std::string("spool/") + spool::folder_name(job.folder);
    const std::string folder = site.directory() + "/" + below;
    const Result<spool::JobFinding> found = spool::look_for(folder, job.name, change);
    // What is no job, or a damaged one, is a file that nobody can read anyway.
    if (!found && found.error().kind != ErrorKind::damaged) return found.error();
    if (!found) {
      const Result<std::size_t> places = blot_file(folder + "/" + job.name, address, erasing);
      if (!places) return places.error();
      if (*places > 0) things.push_back({"file", below + "/" + job.name, *places});
      continue;
    }
    if (found->cancelled == 0 && !found->is_changed) continue;
    things.push_back({found->cancelled > 0 ? "mail to it" : "mail to others", below + "/" + job.name, 1});
    if (erasing == Erasing::look) continue;
    if (Status done = change_when_free(folder, job.name, change); !done) return done;
  }
  return {};
}

}  // namespace majlis::lists
