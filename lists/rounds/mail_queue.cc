#include "lists/rounds/mail_queue.h"

#include <functional>
#include <set>

#include "lists/effects/traces.h"
#include "lists/site/renames.h"
#include "spool/backoff.h"
#include "spool/queue.h"

namespace majlis::lists {
namespace {

using Folder = QueuedJob::Folder;

struct FolderRow {
  Folder folder;
  spool::Folder in_spool;
};
constexpr FolderRow kFolders[] = {{Folder::in_new, spool::Folder::in_new},
                                  {Folder::in_later, spool::Folder::in_later},
                                  {Folder::on_hold, spool::Folder::on_hold},
                                  {Folder::in_bad, spool::Folder::in_bad}};

spool::QueueEntry entry_of(const QueuedJob& job) {
  spool::QueueEntry entry{spool::Folder::in_new, job.file, job.id, job.due};
  for (const FolderRow& row : kFolders) {
    if (row.folder == job.folder) entry.folder = row.in_spool;
  }
  return entry;
}

QueuedJob job_of(spool::QueueEntry entry) {
  QueuedJob job{Folder::in_new, std::move(entry.name), std::move(entry.job_id), entry.due};
  for (const FolderRow& row : kFolders) {
    if (row.in_spool == entry.folder) job.folder = row.folder;
  }
  return job;
}

Result<std::vector<QueuedJob>> jobs_of(Result<std::vector<spool::QueueEntry>> entries) {
  if (!entries) return entries.error();
  std::vector<QueuedJob> jobs;
  jobs.reserve(entries->size());
  for (spool::QueueEntry& entry : *entries) jobs.push_back(job_of(std::move(entry)));
  return jobs;
}

std::string in_words(const spool::DeliveryStatus& answer) {
  return answer.text.empty() ? "" : answer.status + " " + answer.text;
}

std::vector<QueuedRecipient> recipients_in(const spool::JobView& view, UnixTime now) {
  std::vector<QueuedRecipient> recipients;
  view.progress.visit_unsettled([&](const spool::Recipient& recipient) {
    if (recipients.size() == kMaxNamedRecipients) return;
    QueuedRecipient& left = recipients.emplace_back();
    left.address = recipient.address;
    if (!recipient.last) return;
    left.last_answer = in_words(recipient.last->answer);
    left.attempts = recipient.last->attempts;
    left.next_try = spool::next_try(*recipient.last, view.job.id, recipient.address, now);
  });
  return recipients;
}

JobState state_of(const spool::JobView& view, UnixTime now, Recipients recipients) {
  return {.id = view.job.id,
          .list = view.job.list,
          .message_id = view.job.message_id,
          .sender = view.job.sender,
          .created = view.job.created,
          .expires = view.job.expires,
          .message_octets = view.message_octets,
          .delivered = view.progress.delivered(),
          .failed = view.progress.failed(),
          .left = view.progress.unsettled(),
          .has_more_members = view.progress.may_have_more(),
          .attempts = view.progress.attempts(),
          .last_answer = in_words(view.progress.trouble()),
          .recipients = recipients == Recipients::named ? recipients_in(view, now) : std::vector<QueuedRecipient>()};
}

JobChange change_of(spool::Change change) {
  if (change == spool::Change::busy) return JobChange::busy;
  if (change == spool::Change::done_in_part) return JobChange::done_in_part;
  return change == spool::Change::gone ? JobChange::gone : JobChange::done;
}

// Whether the list that a job is for has this name now; one that cannot be read is for the list it names.
bool is_for(const Site& site, const spool::QueueEntry& entry, const std::vector<Rename>& renames,
            std::string_view list) {
  const Result<std::optional<spool::JobView>> view = spool::view_job(site.spool(), entry);
  if (!view || !*view || !(*view)->job.roster) return true;
  const spool::Job& job = (*view)->job;
  return present_name(renames, job.list, job.roster->as_of, job.created) == list;
}

std::string reason_of(const JobSight& sight) {
  if (!sight.state) return "cancelled by the administrator; it was damaged: " + sight.damage;
  return "cancelled by the administrator; " + std::to_string(sight.state->delivered) + " had it, " +
         left_in_words(*sight.state) + " were left";
}

}  // namespace

std::string_view word_for(QueuedJob::Folder folder) {
  QueuedJob job;
  job.folder = folder;
  return spool::folder_name(entry_of(job).folder);
}

std::string left_in_words(const JobState& job) {
  const std::string known = std::to_string(job.left);
  if (!job.has_more_members) return known;
  return job.left == 0 ? "members" : known + "+members";
}

Result<std::vector<QueuedJob>> waiting_jobs(const Site& site) { return jobs_of(spool::list_queue(site.spool())); }

Result<std::vector<QueuedJob>> jobs_on_hold(const Site& site) { return jobs_of(spool::list_hold(site.spool())); }

Result<std::vector<QueuedJob>> jobs_to_members(const Site& site, std::string_view list) {
  Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  std::set<std::string, std::less<>> names{std::string(list)};
  for (auto rename = renames->rbegin(); rename != renames->rend(); ++rename) {
    if (names.contains(rename->to)) names.insert(rename->from);
  }
  std::vector<QueuedJob> found;
  for (const std::string& name : names) {
    const Result<std::vector<spool::QueueEntry>> entries = spool::jobs_to_members(site.spool(), name);
    if (!entries) return entries.error();
    for (const spool::QueueEntry& entry : *entries) {
      if (renames->empty() || is_for(site, entry, *renames, list)) found.push_back(job_of(entry));
    }
  }
  return found;
}

Result<std::vector<QueuedJob>> jobs_set_aside(const Site& site) { return jobs_of(spool::list_bad(site.spool())); }

std::string why_set_aside(const Site& site, const QueuedJob& job) {
  return spool::why_bad(site.spool(), entry_of(job));
}

Result<JobSight> look_at_job(const Site& site, const QueuedJob& job, UnixTime now, Recipients recipients) {
  const Result<std::optional<spool::JobView>> view = spool::view_job(site.spool(), entry_of(job));
  JobSight sight;
  if (spool::is_damaged(view)) {
    sight.damage = view.error().what;
    return sight;
  }
  if (!view) return view.error();
  if (*view) sight.state = state_of(**view, now, recipients);
  return sight;
}

Result<JobChange> retry_job(const Site& site, const QueuedJob& job, UnixTime now) {
  const Result<spool::Change> change = spool::retry_job(site.spool(), entry_of(job), now);
  if (!change) return change.error();
  return change_of(*change);
}

Result<JobChange> release_job(const Site& site, const QueuedJob& job) {
  const Result<spool::Change> change = spool::release_job(site.spool(), entry_of(job));
  if (!change) return change.error();
  return change_of(*change);
}

Result<Cancellation> cancel_job(const Site& site, const QueuedJob& job, const JobSight& sight, UnixTime now) {
  const std::string reason = reason_of(sight);
  const Result<spool::Change> change = spool::cancel_job(site.spool(), entry_of(job), reason);
  if (!change) return change.error();
  Cancellation cancelled;
  cancelled.change = change_of(*change);
  const bool has_trace = sight.state && !sight.state->message_id.empty();
  if (cancelled.change == JobChange::done && has_trace) {
    cancelled.traced = add_trace(site, {now, sight.state->message_id, reason});
  }
  return cancelled;
}

}  // namespace majlis::lists
