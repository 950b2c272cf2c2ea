#include "bin/admin/removal.h"

#include <vector>

#include "bin/admin/call/print.h"
#include "lists/rounds/list_removal.h"

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

std::string about_digest_list(const std::string& address) {
  return address + " makes digests of its posts (digest_of) and would get no more: 'majlis remove " + address +
         "' first";
}

// Why the list is not to be removed yet.
std::vector<std::string> reasons_in(const lists::RemovalDebts& debts, const lists::ListName& name) {
  std::vector<std::string> reasons;
  if (!debts.jobs.empty()) reasons.push_back(about_jobs(debts.jobs.size()));
  if (debts.digest_posts > 0) reasons.push_back(about_pending(name, debts.digest_posts));
  if (debts.digest_list) reasons.push_back(about_digest_list(*debts.digest_list));
  return reasons;
}

// One that was delivered in the meantime is gone, which is as good.
Status cancel(const Call& call, const lists::Site& site, const lists::QueuedJob& job) {
  const Result<lists::JobSight> sight = lists::look_at_job(site, job, call.now, lists::Recipients::counted);
  if (!sight) return sight.error();
  if (!sight->damage.empty()) return Error{ErrorKind::damaged, sight->damage};
  if (!sight->state) return {};
  const Result<lists::Cancellation> cancelled = lists::cancel_job(site, job, *sight, call.now);
  if (!cancelled) return cancelled.error();
  if (!cancelled->traced) complain(call, cancelled->traced.error().what);
  if (cancelled->change == lists::JobChange::busy) {
    return Error{ErrorKind::again,
                 "majlis-flush is at work on " + job.id + "; nothing is removed: try again when it has ended"};
  }
  if (cancelled->change == lists::JobChange::done) print(job.id + ": cancelled; kept in spool/bad/\n");
  return {};
}

}  // namespace

Result<Verdict> settle_what_waits(const Call& call, const lists::Site& site, const lists::ListName& name) {
  Result<lists::RemovalDebts> debts = lists::debts_of(site, name);
  if (!debts) return debts.error();
  if (!call.arguments.has("force")) {
    const std::vector<std::string> reasons = reasons_in(*debts, name);
    for (const std::string& reason : reasons) complain(call, reason);
    if (reasons.empty()) return Verdict::done;
    complain(call, "nothing was removed; --force removes the list all the same, and cancels mail that waits");
    return Verdict::wanting;
  }
  for (const lists::QueuedJob& job : debts->jobs) {
    if (Status cancelled = cancel(call, site, job); !cancelled) return cancelled.error();
  }
  return Verdict::done;
}

}  // namespace majlis::bin::admin
