#include "spool/queue.h"

#include <optional>

#include "base/text.h"
#include "bin/admin/call.h"
#include "bin/admin/cancel.h"
#include "bin/admin/print.h"
#include "bin/admin/queue_print.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMinPrefixOctets = 6;
constexpr Option kListing[] = {{"json", Takes::nothing}, {"bad", Takes::nothing}};
constexpr Option kShowing[] = {{"json", Takes::nothing}};
constexpr Option kRetrying[] = {{"all", Takes::nothing}};
constexpr Option kCancelling[] = {{"yes", Takes::nothing}};

Result<std::vector<spool::QueueEntry>> everything(const spool::Spool& spool) {
  Result<std::vector<spool::QueueEntry>> entries = spool::list_queue(spool);
  if (!entries) return entries.error();
  Result<std::vector<spool::QueueEntry>> bad = spool::list_bad(spool);
  if (!bad) return bad.error();
  entries->insert(entries->end(), bad->begin(), bad->end());
  return entries;
}

// By its id, the beginning of one, or the file's name; what waits comes before what is in bad/.
Result<spool::QueueEntry> find_job(const std::vector<spool::QueueEntry>& entries, const std::string& written) {
  const spool::QueueEntry* found = nullptr;
  for (const spool::QueueEntry& entry : entries) {
    if (entry.job_id == written || entry.name == written) return entry;
    const bool is_prefix = written.size() >= kMinPrefixOctets && entry.job_id.starts_with(written);
    if (!is_prefix) continue;
    if (found != nullptr && found->job_id != entry.job_id) {
      return Error{ErrorKind::refused, "'" + printable(written, 80) + "' is the beginning of several ids"};
    }
    if (found == nullptr) found = &entry;
  }
  if (found != nullptr) return *found;
  return Error{ErrorKind::missing, "there is no job '" + printable(written, 80) +
                                       "' (any more); 'majlis queue list' shows what waits, with --bad what was set "
                                       "aside"};
}

Result<Verdict> list_bad_jobs(const Call& call, const spool::Spool& spool) {
  const Result<std::vector<spool::QueueEntry>> entries = spool::list_bad(spool);
  if (!entries) return entries.error();
  for (const spool::QueueEntry& entry : *entries) {
    const std::string why = spool::why_bad(spool, entry);
    print(call.wants_json() ? json_of_bad(entry, why) : line_of_bad(entry, why));
  }
  return Verdict::done;
}

Result<Verdict> list_jobs(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const spool::Spool spool = site->spool();
  if (call.arguments.has("bad")) return list_bad_jobs(call, spool);
  Result<std::vector<spool::QueueEntry>> entries = spool::list_queue(spool);
  if (!entries) return entries.error();
  Verdict verdict = Verdict::done;
  for (const spool::QueueEntry& entry : *entries) {
    const Result<std::optional<spool::JobView>> view = spool::view_job(spool, entry);
    if (!view) verdict = Verdict::wanting;
    if (spool::is_damaged(view)) {
      const std::string& why = view.error().what;
      print(call.wants_json() ? json_of_damaged(entry, why) : line_of_damaged(entry, why));
    } else if (!view) {
      complain(call, entry.job_id + ": " + view.error().what);
    } else if (*view) {
      print(call.wants_json() ? json_of(entry, **view, call.now) : line_of(entry, **view, call.now));
    }
  }
  return verdict;
}

Result<Verdict> show_job(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const spool::Spool spool = site->spool();
  Result<std::vector<spool::QueueEntry>> entries = everything(spool);
  if (!entries) return entries.error();
  Result<spool::QueueEntry> entry = find_job(*entries, call.word(0));
  if (!entry) return entry.error();
  Result<std::optional<spool::JobView>> view = spool::view_job(spool, *entry);
  if (!view) return view.error();
  if (!*view) return Error{ErrorKind::missing, "it was delivered or moved a moment ago"};
  const std::string why = entry->folder == spool::Folder::in_bad ? spool::why_bad(spool, *entry) : "";
  print(call.wants_json() ? json_details(*entry, **view, why, call.now) : details(*entry, **view, why, call.now));
  return Verdict::done;
}

// The entries that the words name; all that wait, with --all.
Result<std::vector<spool::QueueEntry>> named_jobs(const Call& call, const spool::Spool& spool) {
  if (call.arguments.has("all")) return spool::list_queue(spool);
  Result<std::vector<spool::QueueEntry>> entries = everything(spool);
  if (!entries) return entries.error();
  std::vector<spool::QueueEntry> named;
  for (const std::string& word : call.arguments.words()) {
    Result<spool::QueueEntry> entry = find_job(*entries, word);
    if (!entry) return entry.error();
    named.push_back(std::move(*entry));
  }
  return named;
}

// Says what became of it.
Verdict tell(const Call& call, const spool::QueueEntry& entry, const Result<spool::Change>& change,
             const std::string& done) {
  if (!change) {
    complain(call, change.error().what);
  } else if (*change == spool::Change::done) {
    print(entry.job_id + ": " + done + "\n");
    record(call, "", entry.job_id);
    return Verdict::done;
  } else if (*change == spool::Change::busy) {
    complain(call, entry.job_id + ": majlis-flush is at work on it");
  } else {
    complain(call, entry.job_id + ": it was delivered or moved a moment ago");
  }
  return Verdict::wanting;
}

Result<Verdict> retry_jobs(const Call& call) {
  if (call.arguments.words().empty() != call.arguments.has("all")) return wrong_use(call, "name jobs, or say --all");
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::vector<spool::QueueEntry>> named = named_jobs(call, site->spool());
  if (!named) return named.error();
  Verdict verdict = Verdict::done;
  for (const spool::QueueEntry& entry : *named) {
    const Result<spool::Change> change = spool::retry_job(site->spool(), entry, call.now);
    if (tell(call, entry, change, "due now") != Verdict::done) verdict = Verdict::wanting;
  }
  return verdict;
}

Result<Verdict> cancel_job(const Call& call, const lists::Site& site, const spool::QueueEntry& entry) {
  if (entry.folder == spool::Folder::in_bad) {
    return Error{ErrorKind::refused, entry.job_id + ": it is in bad/ already"};
  }
  const Result<std::optional<spool::JobView>> view = spool::view_job(site.spool(), entry);
  const bool is_damaged = spool::is_damaged(view);
  if (!view && !is_damaged) return view.error();
  if (view && !*view) return tell(call, entry, spool::Change::gone, "");
  if (!call.arguments.has("yes")) {
    print("would cancel " +
          (is_damaged ? line_of_damaged(entry, view.error().what) : line_of(entry, **view, call.now)));
    return Verdict::wanting;
  }
  const Result<spool::Change> change =
      is_damaged ? spool::cancel_job(site.spool(), entry, cancelled_damaged_text(view.error().what))
                 : cancel(call, site, entry, **view);
  return tell(call, entry, change, "cancelled; kept in spool/bad/");
}

Result<Verdict> cancel_jobs(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::vector<spool::QueueEntry>> named = named_jobs(call, site->spool());
  if (!named) return named.error();
  Verdict verdict = Verdict::done;
  for (const spool::QueueEntry& entry : *named) {
    const Result<Verdict> cancelled = cancel_job(call, *site, entry);
    if (!cancelled) complain(call, cancelled.error().what);
    if (!cancelled || *cancelled != Verdict::done) verdict = Verdict::wanting;
  }
  if (!call.arguments.has("yes")) print("Nothing was done; say --yes to do it.\n");
  return verdict;
}

constexpr Form kForms[] = {{"list", 0, 0, kListing, list_jobs},
                           {"show", 1, 1, kShowing, show_job},
                           {"retry", 0, kAnyNumber, kRetrying, retry_jobs},
                           {"cancel", 1, kAnyNumber, kCancelling, cancel_jobs}};

}  // namespace

constinit const Command kQueue{
    "usage: majlis queue list [--bad] [--json]\n"
    "       majlis queue show ID [--json]\n"
    "       majlis queue retry ID... | --all\n"
    "       majlis queue cancel ID... [--yes]\n"
    "\n"
    "Mail that waits to be delivered, one job a line: id, list, age, recipients that are left, size, next try; or "
    "that\n"
    "it is damaged, and why (exit status 1). --bad: what was set aside, and why. ID is a job's id or the beginning of\n"
    "it. retry: due now, with everybody who was deferred; a job in bad/ comes back. cancel: moved to spool/bad/, "
    "where\n"
    "it is kept, damaged or not; without --yes it is only shown.\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
