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
  const auto is_done = [&] { return job.file.progress().unsettled() == 0 && !job.file.progress().may_have_more(); };
  if (!is_done() && !job.is_stuck && help_.clock() >= job.file.job().expires) expire(job);
  report_failures(job);
  const bool is_finished = is_done() && job.file.progress().untold().empty();
  UnixTime next_try = 0;
  if (!is_finished) {
    next_try = release(job);
  } else if (Status finished = job.file.finish(); !finished) {
    spool_failed(finished.error());
  } else {
    ++report_.jobs_finished;
  }
  report_.delivered += job.delivered;
  report_.deferred += job.deferred;
  report_.failed += job.failed;
  show(job, IsOver::yes);
  if (!is_finished && job.delivered + job.deferred + job.failed == 0) return;
  trace(job, is_finished, next_try);
  LogLine line("job");
  line.with("job", job.file.job().id).with("list", job.file.job().list).with("msgid", job.file.job().message_id);
  line.with("delivered", static_cast<std::int64_t>(job.delivered));
  line.with("deferred", static_cast<std::int64_t>(job.deferred)).with("failed", static_cast<std::int64_t>(job.failed));
  log(Severity::info, line);
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

// Nobody is tried any more: whoever is left has failed with the last thing heard.
void Workload::expire(OpenJob& job) {
  Progress& progress = job.file.progress();
  progress.requeue_deferred();
  for (;;) {
    read_pages(job, 1);
    const std::vector<Target> targets = progress.take(kMaxToldAtOnce);
    if (targets.empty() || job.is_stuck) return;
    std::vector<Outcome> outcomes(targets.size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const Answer& last = targets[i].recipient->last ? targets[i].recipient->last->answer : progress.trouble();
      const std::string why = last.text.empty() ? trouble_.text : last.text;
      outcomes[i] = {Outcome::Kind::failed, {"4.4.7", why.empty() ? "not delivered in time" : "expired: " + why}};
    }
    log_outcomes(job, targets, outcomes);
    keep_names(job, targets, outcomes);
    job.names.forget(targets, outcomes);
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
  const Job& about = job.file.job();
  std::vector<Failure> failures;
  for (const Progress::Loss& loss : job.file.progress().untold()) {
    failures.push_back({about.id, about.list, about.message_id, loss.address, loss.answer.status, loss.answer.text});
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

void Workload::trace(const OpenJob& job, bool is_finished, UnixTime next_try) {
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
  result.is_finished = is_finished;
  result.next_try = next_try;
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
