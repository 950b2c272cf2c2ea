// The end of a job in one run: removed, moved to later/, given up; and what is told about it.

#include <algorithm>
#include <iterator>

#include "base/log.h"
#include "spool/backoff.h"
#include "spool/workload.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kTracesAtOnce = 200;
constexpr std::chrono::seconds kLongestUntraced{1};
constexpr std::string_view kExpired = "expired: ";
constexpr std::string_view kRelayExpired = "expired, by the relay: ";  // how a file remembers whose fault it was

// The last words about this recipient, else about the relay.
DeliveryStatus expired(const Recipient& recipient, const DeliveryStatus& trouble) {
  if (recipient.last) return {"4.4.7", std::string(kExpired) + recipient.last->answer.text};
  return {"4.4.7", std::string(kRelayExpired) + (trouble.text.empty() ? "not delivered in time" : trouble.text)};
}

bool is_done(const OpenJob& job) {
  return job.file.progress().unsettled() == 0 && !job.file.progress().may_have_more();
}

}  // namespace

void Workload::close_idle_jobs() {
  for (auto job = open_.begin(); job != open_.end();) {
    const Progress& progress = job->file.progress();
    const bool may_go_on = !job->is_stuck && !is_stopped_ && !spool_error_;
    const bool is_full = progress.deferred() > kMaxDeferredInMemory;
    const bool has_more = progress.waiting() > 0 || (progress.may_have_more() && !is_full);
    if (job->batches > 0 || (may_go_on && has_more)) {
      ++job;
      continue;
    }
    close(*job);
    job = open_.erase(job);
  }
}

void Workload::close(OpenJob& job) {
  if (!is_done(job) && !job.is_stuck && help_.clock() >= job.file.job().expires) expire(job);
  report_failures(job);
  const Ending ending = end(job);
  report_.delivered += job.delivered;
  report_.deferred += job.deferred;
  report_.failed += job.failed;
  show(job, IsOver::yes);
  const bool is_as_before = !ending.is_finished && ending.set_aside.empty();
  if (!is_as_before || job.delivered + job.deferred + job.failed > 0) trace(job, ending);
  log_end(job, ending);
}

void Workload::log_end(const OpenJob& job, const Ending& ending) const {
  LogLine line("job");
  line.with("job", job.file.job().id).with("list", job.file.job().list).with("msgid", job.file.job().message_id);
  line.with("delivered", static_cast<std::int64_t>(job.delivered));
  line.with("deferred", static_cast<std::int64_t>(job.deferred)).with("failed", static_cast<std::int64_t>(job.failed));
  if (!ending.is_finished) line.with("why", ending.set_aside.empty() ? report_.stopped_by.text : ending.set_aside);
  log(Severity::info, line);
}

Workload::Ending Workload::end(OpenJob& job) {
  const bool is_told = job.file.progress().untold().empty();
  if (!job.roster_gone.empty() && is_told) return {false, 0, set_aside(job)};
  if (!is_done(job) || !is_told) {
    ++report_.jobs_left;
    return {false, release(job), ""};
  }
  if (Status finished = job.file.finish(); !finished) {
    spool_failed(finished.error());
  } else {
    ++report_.jobs_finished;
  }
  return {true, 0, ""};
}

// Its roster is gone, so nobody can say whom it was for: that is no delivery, and a person decides.
std::string Workload::set_aside(OpenJob& job) {
  const std::string id = job.file.job().id;
  const Progress& progress = job.file.progress();
  const std::string why = job.roster_gone + "; " + std::to_string(progress.delivered()) +
                          " had it, the others will not get it: 'majlis queue show " + id + "'";
  Status done = job.file.sync();
  if (done) done = spool_.move_aside(job.file.path(), id, why);
  if (!done) {
    spool_failed(done.error());
    return why;
  }
  ++report_.set_aside;
  log(Severity::error, LogLine("set-aside")
                           .with("job", id)
                           .with("list", job.file.job().list)
                           .with("msgid", job.file.job().message_id)
                           .with("why", why));
  return why;
}

// When the first of those who are left may be tried.
UnixTime Workload::earliest_try(const OpenJob& job, UnixTime now) const {
  UnixTime earliest = now + kLongestDelay;
  job.file.progress().visit_unsettled([&](const Recipient& recipient) {
    const UnixTime own = recipient.last ? next_try(*recipient.last, job.file.job().id, recipient.address, now) : now;
    earliest = std::min(earliest, std::max(own, budgets_.held_until(recipient.address)));
  });
  return earliest;
}

Workload::Release Workload::release_of(const OpenJob& job, UnixTime now) const {
  const Progress& progress = job.file.progress();
  const bool is_full = progress.deferred() > kMaxDeferredInMemory;
  const bool is_untried = progress.waiting() > 0 || (progress.may_have_more() && !is_full);
  if (report_.is_ended_early && is_untried && !job.is_stuck) return {now, progress.attempts()};
  if (job.is_stuck || is_untried || progress.unsettled() == 0) {
    const unsigned attempts = std::min(progress.attempts() + 1, kMaxCountedAttempts);
    return {now + backoff_delay(attempts, job.file.job().id), attempts};
  }
  return {std::max(now + 1, earliest_try(job, now)), 0};
}

UnixTime Workload::release(OpenJob& job) {
  const UnixTime now = help_.clock();
  const std::string id = job.file.job().id;
  const Release planned = release_of(job, now);
  const UnixTime due = std::min(planned.due, std::max(now + 1, job.file.job().expires));
  Status done = job.file.append(job.file.progress().record_due(due, planned.attempts, trouble_));
  if (done) done = job.file.move_to(spool_.directory() + "/later", later_name(due, id));
  if (!done) spool_failed(done.error());
  return due;
}

// Nobody is tried any more: whoever is left has failed with the last thing heard, also who was deferred a moment ago.
void Workload::expire(OpenJob& job) {
  Progress& progress = job.file.progress();
  progress.requeue_deferred();
  const DeliveryStatus trouble = trouble_.text.empty() ? progress.trouble() : trouble_;
  job.deferred = 0;
  for (;;) {
    read_pages(job, 1);
    const std::vector<Target> targets = progress.take(kMaxToldAtOnce);
    if (targets.empty() || job.is_stuck) return;
    std::vector<DeliveryOutcome> outcomes(targets.size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
      outcomes[i] = {DeliveryOutcome::Kind::failed, expired(*targets[i].recipient, trouble)};
    }
    log_outcomes(job, targets, outcomes);
    keep_names(job, targets, outcomes);
    job.words.forget(targets, outcomes);
    job.failed += targets.size();
    if (Status written = job.file.append(progress.record_outcomes(targets, outcomes, help_.clock())); !written) {
      job.is_stuck = true;
      return spool_failed(written.error());
    }
    report_failures(job);
  }
}

void Workload::report_failures(OpenJob& job) {
  if (job.file.progress().untold().empty()) return;
  // Telling waits for the store's lock; what the relay has answered must not wait as long for the disk.
  if (Status synced = job.file.sync(); !synced) {
    job.is_stuck = true;
    return spool_failed(synced.error());
  }
  const Job& about = job.file.job();
  std::vector<Failure> failures;
  for (const Progress::Loss& loss : job.file.progress().untold()) {
    const bool is_relays = loss.answer.text.starts_with(kRelayExpired);
    failures.push_back({about.id, about.list, about.message_id, loss.address, loss.answer.status, loss.answer.text,
                        about.created, is_relays ? Failure::Fault::relay : Failure::Fault::recipient});
  }
  if (help_.tell) {
    if (Status told = help_.tell(failures); !told) {
      log(Severity::error, LogLine("tell").with("job", about.id).with(told.error()));
      job.is_stuck = true;
      return;
    }
  }
  if (Status written = job.file.append(job.file.progress().record_told()); !written) spool_failed(written.error());
  const std::size_t room = kMaxReportedFailures - std::min(kMaxReportedFailures, report_.failures.size());
  failures.resize(std::min(failures.size(), room));
  std::move(failures.begin(), failures.end(), std::back_inserter(report_.failures));
}

void Workload::trace(const OpenJob& job, const Ending& ending) {
  if (!help_.trace) return;
  JobResult result;
  result.job = job.file.job().id;
  result.list = job.file.job().list;
  result.message_id = job.file.job().message_id;
  result.delivered = job.delivered;
  result.deferred = job.deferred;
  result.failed = job.failed;
  result.delivered_so_far = job.file.progress().delivered();
  result.failed_so_far = job.file.progress().failed();
  result.is_finished = ending.is_finished;
  result.next_try = ending.next_try;
  result.set_aside = ending.set_aside;
  result.named = job.named;
  untraced_.push_back(std::move(result));
  const Moment now = std::chrono::steady_clock::now();
  if (!untraced_since_) untraced_since_ = now;
  if (untraced_.size() >= kTracesAtOnce || now - *untraced_since_ >= kLongestUntraced) write_traces();
}

void Workload::write_traces() {
  if (untraced_.empty()) return;
  if (Status traced = help_.trace(untraced_); !traced) log(Severity::warning, LogLine("trace").with(traced.error()));
  untraced_.clear();
  untraced_since_.reset();
}

}  // namespace majlis::spool
