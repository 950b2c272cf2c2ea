#include "bin/admin/removal.h"

#include <vector>

#include "bin/admin/cancel.h"
#include "bin/admin/print.h"
#include "lists/posts/digests/digest_queue.h"
#include "spool/queue.h"
#include "store/database.h"

namespace majlis::bin::admin {
namespace {

std::string counted(std::uint64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string about_jobs(std::size_t count) {
  return counted(count, "job waits", "jobs wait") +
         " to be delivered to its members, see 'majlis queue list': run majlis-flush, or 'majlis queue cancel ID... "
         "--yes'";
}

std::string about_pending(const lists::ListName& name, std::uint64_t posts) {
  return counted(posts, "post waits for its digest", "posts wait for its digest") + ": send it with 'mkdigest' to " +
         name.name() + "-request@" + name.domain() + ", then run majlis-flush";
}

std::string about_digest_list(const lists::DigestList& digest) {
  const std::string address = digest.list.address();
  return address + " makes digests of its posts (digest_of) and would get no more: 'majlis remove " + address +
         "' first";
}

struct Waiting {
  std::vector<spool::QueueEntry> jobs;
  std::vector<std::string> reasons;  // not to remove the list
};

Result<Waiting> what_waits(const lists::Site& site, const lists::ListName& name) {
  Waiting waiting;
  Result<std::vector<spool::QueueEntry>> jobs = spool::jobs_to_members(site.spool(), name.address());
  if (!jobs) return jobs.error();
  waiting.jobs = std::move(*jobs);
  if (!waiting.jobs.empty()) waiting.reasons.push_back(about_jobs(waiting.jobs.size()));
  Result<std::unique_ptr<store::Reader>> state = store::Reader::open(site.database_directory(), kLockTimeout_ms);
  if (!state) return state.error();
  Result<store::PendingDigest> pending = (*state)->pending_digest(name.address());
  if (!pending) return pending.error();
  if (pending->posts > 0) waiting.reasons.push_back(about_pending(name, pending->posts));
  Result<std::optional<lists::DigestList>> digest = lists::digest_list_of(site, name);
  if (!digest) return digest.error();
  if (*digest) waiting.reasons.push_back(about_digest_list(**digest));
  return waiting;
}

// One that was delivered in the meantime is gone, which is as good.
Status cancel_job(const Call& call, const lists::Site& site, const spool::QueueEntry& entry) {
  Result<std::optional<spool::JobView>> view = spool::view_job(site.spool(), entry);
  if (!view) return view.error();
  if (!*view) return {};
  Result<spool::Change> change = cancel(call, site, entry, **view);
  if (!change) return change.error();
  if (*change == spool::Change::busy) {
    return Error{ErrorKind::again,
                 "majlis-flush is at work on " + entry.job_id + "; nothing is removed: try again when it has ended"};
  }
  if (*change == spool::Change::done) print(entry.job_id + ": cancelled; kept in spool/bad/\n");
  return {};
}

}  // namespace

Result<Verdict> settle_what_waits(const Call& call, const lists::Site& site, const lists::ListName& name) {
  Result<Waiting> waiting = what_waits(site, name);
  if (!waiting) return waiting.error();
  if (!call.arguments.has("force")) {
    for (const std::string& reason : waiting->reasons) complain(call, reason);
    if (waiting->reasons.empty()) return Verdict::done;
    complain(call, "nothing was removed; --force removes the list all the same, and cancels mail that waits");
    return Verdict::wanting;
  }
  for (const spool::QueueEntry& entry : waiting->jobs) {
    if (Status cancelled = cancel_job(call, site, entry); !cancelled) return cancelled.error();
  }
  return Verdict::done;
}

}  // namespace majlis::bin::admin
