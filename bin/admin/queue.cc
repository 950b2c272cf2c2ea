#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/queue_print.h"
#include "lists/rounds/mail_queue.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMinPrefixOctets = 6;
constexpr Option kListing[] = {{"json", Takes::nothing}, {"bad", Takes::nothing}};
constexpr Option kShowing[] = {{"json", Takes::nothing}};
constexpr Option kRetrying[] = {{"all", Takes::nothing}};
constexpr Option kCancelling[] = {{"yes", Takes::nothing}};

// What waits, and what is on hold.
Result<std::vector<lists::QueuedJob>> undelivered(const lists::Site& site) {
  Result<std::vector<lists::QueuedJob>> jobs = lists::waiting_jobs(site);
  if (!jobs) return jobs.error();
  Result<std::vector<lists::QueuedJob>> hold = lists::jobs_on_hold(site);
  if (!hold) return hold.error();
  jobs->insert(jobs->end(), hold->begin(), hold->end());
  return jobs;
}

Result<std::vector<lists::QueuedJob>> everything(const lists::Site& site) {
  Result<std::vector<lists::QueuedJob>> jobs = undelivered(site);
  if (!jobs) return jobs.error();
  Result<std::vector<lists::QueuedJob>> bad = lists::jobs_set_aside(site);
  if (!bad) return bad.error();
  jobs->insert(jobs->end(), bad->begin(), bad->end());
  return jobs;
}

// By its id, the beginning of one, or the file's name; what waits comes before what is in bad/.
Result<lists::QueuedJob> find_job(const std::vector<lists::QueuedJob>& jobs, const std::string& written) {
  const lists::QueuedJob* found = nullptr;
  for (const lists::QueuedJob& job : jobs) {
    if (job.id == written || job.file == written) return job;
    const bool is_prefix = written.size() >= kMinPrefixOctets && job.id.starts_with(written);
    if (!is_prefix) continue;
    if (found != nullptr && found->id != job.id) {
      return Error{ErrorKind::refused, "'" + printable(written, 80) + "' is the beginning of several ids"};
    }
    if (found == nullptr) found = &job;
  }
  if (found != nullptr) return *found;
  return Error{ErrorKind::missing, "there is no job '" + printable(written, 80) +
                                       "' (any more); 'majlis queue list' shows what waits, with --bad what was set "
                                       "aside"};
}

Result<Verdict> list_bad_jobs(const Call& call, const lists::Site& site) {
  const Result<std::vector<lists::QueuedJob>> jobs = lists::jobs_set_aside(site);
  if (!jobs) return jobs.error();
  for (const lists::QueuedJob& job : *jobs) {
    const std::string why = lists::why_set_aside(site, job);
    print(call.wants_json() ? json_of_bad(job, why) : line_of_bad(job, why));
  }
  return Verdict::done;
}

Verdict list_job(const Call& call, const lists::Site& site, const lists::QueuedJob& job) {
  const Result<lists::JobSight> sight = lists::look_at_job(site, job, call.now, lists::Recipients::counted);
  if (!sight) {
    complain(call, job.id + ": " + sight.error().what);
    return Verdict::wanting;
  }
  if (!sight->damage.empty()) {
    print(call.wants_json() ? json_of_damaged(job, sight->damage) : line_of_damaged(job, sight->damage));
    return Verdict::wanting;
  }
  if (sight->state)
    print(call.wants_json() ? json_of(job, *sight->state, call.now) : line_of(job, *sight->state, call.now));
  return Verdict::done;
}

Result<Verdict> list_jobs(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  if (call.arguments.has("bad")) return list_bad_jobs(call, *site);
  Result<std::vector<lists::QueuedJob>> jobs = undelivered(*site);
  if (!jobs) return jobs.error();
  Verdict verdict = Verdict::done;
  for (const lists::QueuedJob& job : *jobs) {
    if (list_job(call, *site, job) != Verdict::done) verdict = Verdict::wanting;
  }
  return verdict;
}

Result<Verdict> show_job(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::vector<lists::QueuedJob>> jobs = everything(*site);
  if (!jobs) return jobs.error();
  Result<lists::QueuedJob> job = find_job(*jobs, call.word(0));
  if (!job) return job.error();
  Result<lists::JobSight> sight = lists::look_at_job(*site, *job, call.now, lists::Recipients::named);
  if (!sight) return sight.error();
  if (!sight->damage.empty()) return Error{ErrorKind::damaged, sight->damage};
  if (!sight->state) return Error{ErrorKind::missing, "it was delivered or moved a moment ago"};
  const std::string why =
      job->folder == lists::QueuedJob::Folder::in_bad ? lists::why_set_aside(*site, *job) : std::string();
  print(call.wants_json() ? json_details(*job, *sight->state, why, call.now)
                          : details(*job, *sight->state, why, call.now));
  return Verdict::done;
}

// What --all means to a verb.
using AllJobs = Result<std::vector<lists::QueuedJob>> (*)(const lists::Site&);

// The jobs that the words name; all of them, with --all.
Result<std::vector<lists::QueuedJob>> named_jobs(const Call& call, const lists::Site& site, AllJobs all) {
  if (call.arguments.has("all")) return all(site);
  Result<std::vector<lists::QueuedJob>> jobs = everything(site);
  if (!jobs) return jobs.error();
  std::vector<lists::QueuedJob> named;
  for (const std::string& word : call.arguments.words()) {
    Result<lists::QueuedJob> job = find_job(*jobs, word);
    if (!job) return job.error();
    named.push_back(std::move(*job));
  }
  return named;
}

// Says what became of it.
Verdict tell(const Call& call, const lists::QueuedJob& job, lists::JobChange change, const std::string& done) {
  if (change == lists::JobChange::done || change == lists::JobChange::done_in_part) {
    print(job.id + ": " + done + "\n");
    record(call, "", job.id);
    if (change == lists::JobChange::done) return Verdict::done;
    complain(call,
             job.id + ": a part of its progress was damaged; whoever had it and is not in the rest gets it again");
    return Verdict::done;
  }
  complain(call, job.id + (change == lists::JobChange::busy ? ": majlis-flush is at work on it"
                                                            : ": it was delivered or moved a moment ago"));
  return Verdict::wanting;
}

using ChangeJob = Result<lists::JobChange> (*)(const Call&, const lists::Site&, const lists::QueuedJob&);

// `done`: what is said of each that it was done to.
Result<Verdict> change_jobs(const Call& call, AllJobs all, ChangeJob function, const std::string& done) {
  if (call.arguments.words().empty() != call.arguments.has("all")) return wrong_use(call, "name jobs, or say --all");
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::vector<lists::QueuedJob>> named = named_jobs(call, *site, all);
  if (!named) return named.error();
  Verdict verdict = Verdict::done;
  for (const lists::QueuedJob& job : *named) {
    const Result<lists::JobChange> change = function(call, *site, job);
    if (!change) complain(call, change.error().what);
    if (!change || tell(call, job, *change, done) != Verdict::done) verdict = Verdict::wanting;
  }
  return verdict;
}

bool is_on_hold(const lists::QueuedJob& job) { return job.folder == lists::QueuedJob::Folder::on_hold; }

Result<lists::JobChange> retry_job(const Call& call, const lists::Site& site, const lists::QueuedJob& job) {
  if (!is_on_hold(job)) return lists::retry_job(site, job, call.now);
  return Error{ErrorKind::refused, job.id + ": it is on hold; 'majlis queue release' lets it go"};
}

Result<lists::JobChange> release_job(const Call&, const lists::Site& site, const lists::QueuedJob& job) {
  if (is_on_hold(job)) return lists::release_job(site, job);
  return Error{ErrorKind::refused, job.id + ": it is not on hold; 'majlis queue retry' makes it due"};
}

Result<Verdict> retry_jobs(const Call& call) { return change_jobs(call, lists::waiting_jobs, retry_job, "due now"); }

Result<Verdict> release_jobs(const Call& call) {
  return change_jobs(call, lists::jobs_on_hold, release_job, "due with the next run of majlis-flush");
}

Result<Verdict> cancel_job(const Call& call, const lists::Site& site, const lists::QueuedJob& job) {
  if (job.folder == lists::QueuedJob::Folder::in_bad) {
    return Error{ErrorKind::refused, job.id + ": it is in bad/ already"};
  }
  const Result<lists::JobSight> sight = lists::look_at_job(site, job, call.now, lists::Recipients::counted);
  if (!sight) return sight.error();
  if (!sight->state && sight->damage.empty()) return tell(call, job, lists::JobChange::gone, "");
  if (!call.arguments.has("yes")) {
    print("would cancel " +
          (sight->state ? line_of(job, *sight->state, call.now) : line_of_damaged(job, sight->damage)));
    return Verdict::wanting;
  }
  const Result<lists::Cancellation> cancelled = lists::cancel_job(site, job, *sight, call.now);
  if (!cancelled) return cancelled.error();
  if (!cancelled->traced) complain(call, cancelled->traced.error().what);
  return tell(call, job, cancelled->change, "cancelled; kept in spool/bad/");
}

Result<Verdict> cancel_jobs(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::vector<lists::QueuedJob>> named = named_jobs(call, *site, nullptr);
  if (!named) return named.error();
  Verdict verdict = Verdict::done;
  for (const lists::QueuedJob& job : *named) {
    const Result<Verdict> cancelled = cancel_job(call, *site, job);
    if (!cancelled) complain(call, cancelled.error().what);
    if (!cancelled || *cancelled != Verdict::done) verdict = Verdict::wanting;
  }
  if (!call.arguments.has("yes")) print("Nothing was done; say --yes to do it.\n");
  return verdict;
}

constexpr Form kForms[] = {{"list", 0, 0, kListing, list_jobs},
                           {"show", 1, 1, kShowing, show_job},
                           {"retry", 0, kAnyNumber, kRetrying, retry_jobs},
                           {"release", 0, kAnyNumber, kRetrying, release_jobs},
                           {"cancel", 1, kAnyNumber, kCancelling, cancel_jobs}};

}  // namespace

constinit const Command kQueue{
    "usage: majlis queue list [--bad] [--json]\n"
    "       majlis queue show ID [--json]\n"
    "       majlis queue retry ID... | --all\n"
    "       majlis queue release ID... | --all\n"
    "       majlis queue cancel ID... [--yes]\n"
    "\n"
    "Mail that waits to be delivered, one job a line: id, list, age, recipients that are left, size, next try; or "
    "that\n"
    "it is damaged, and why (exit status 1). --bad: what was set aside, and why. ID is a job's id or the beginning of\n"
    "it. release: what came with a restored site is on hold until then. retry: due now, with everybody who was "
    "deferred; a job in bad/ comes back. cancel: moved to spool/bad/, "
    "where\n"
    "it is kept, damaged or not; without --yes it is only shown.\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
