#include "spool/workload.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

#include "base/log.h"
#include "base/text.h"
#include "spool/backoff.h"

namespace majlis::spool {
namespace {

constexpr unsigned kMaxFruitlessClaims = 3;
constexpr std::size_t kRosterPage = 2000;
constexpr std::size_t kMaxEmptyPages = 100'000;       // in a row, of a roster whose members are filtered out
constexpr std::size_t kMaxDeferredInMemory = 50'000;  // of one roster job: more than that are read in a later run
constexpr std::uint64_t kMaxLoggedRecipients = 1000;  // of one job in one run

}  // namespace

Workload::Workload(const Spool& spool, const FlushOptions& options, const FlushHelp& help, LetterForm form)
    : spool_(spool), options_(options), help_(help), form_(form), may_xverp_(options.verp == VerpForm::xverp) {}

Status Workload::list() {
  Result<std::vector<Entry>> due = list_due(spool_, help_.clock(), report_.set_aside);
  if (!due) return due.error();
  due_ = std::move(*due);
  return {};
}

std::optional<Batch> Workload::take() {
  close_idle_jobs();
  while (!is_stopped_) {
    for (OpenJob& job : open_) {
      if (std::optional<Batch> batch = take_from(job)) return batch;
    }
    close_idle_jobs();
    if (spool_error_ || !claim_next()) break;
  }
  return std::nullopt;
}

std::optional<Batch> Workload::take_from(OpenJob& job) {
  if (job.is_stuck) return std::nullopt;
  const bool is_verp = job.file.job().verp == Verp::per_recipient;
  const bool is_signed = is_verp && !may_xverp_;
  const std::size_t max = is_signed ? 1 : std::max<std::size_t>(options_.recipients_per_transaction, 1);
  read_pages(job, max);
  if (job.is_stuck || job.file.progress().waiting() == 0) return std::nullopt;
  Batch batch;
  batch.job = &job;
  batch.job_id = job.file.job().id;
  batch.letter = job.letter;
  batch.is_verp = is_verp && may_xverp_;
  batch.targets = job.file.progress().take(max);
  assert(!batch.targets.empty());
  const bool may_sign = is_signed && help_.verp_sender;
  batch.sender =
      may_sign ? help_.verp_sender(job.file.job(), batch.targets.front().recipient->address) : job.file.job().sender;
  ++job.batches;
  return batch;
}

std::size_t Workload::page_size() const {
  const std::size_t batch = std::max<std::size_t>(options_.recipients_per_transaction, 1);
  return batch >= kRosterPage ? batch : kRosterPage / batch * batch;
}

// Reads a roster on until a whole batch waits.
void Workload::read_pages(OpenJob& job, std::size_t wanted) {
  Progress& progress = job.file.progress();
  for (std::size_t empty = 0; progress.waiting() < wanted && progress.may_have_more() && !job.is_stuck; ++empty) {
    if (progress.deferred() > kMaxDeferredInMemory) return;
    Result<RosterPage> page = help_.roster(*job.file.job().roster, progress.cursor(), page_size());
    if (page && page->recipients.empty() && empty >= kMaxEmptyPages) {
      page = Error{ErrorKind::damaged, "spool: read roster: too many empty pages"};
    }
    if (page && !page->cursor.empty() && page->cursor == progress.cursor()) {
      page = Error{ErrorKind::damaged, "spool: read roster: the cursor does not move"};
    }
    if (!page) {
      log(Severity::error, LogLine("roster").with("job", job.file.job().id).with(page.error()));
      job.is_stuck = true;
      return;
    }
    if (!page->recipients.empty()) empty = 0;
    const std::string record = progress.record_page(std::move(page->recipients), page->cursor);
    job.file.add(record, 0);
  }
}

bool Workload::claim_next() {
  while (next_due_ < due_.size()) {
    const Entry entry = std::move(due_[next_due_++]);
    Result<std::optional<JobFile>> file = JobFile::claim(entry.directory, entry.name);
    if (!file) {
      claim_failed(entry, file.error());
      continue;
    }
    if (!*file || set_aside_if_it_crashes(entry, **file)) continue;
    OpenJob& job = open_.emplace_back(std::move(**file));
    const std::string message = std::exchange(job.file.job().message, {});
    job.letter = std::make_shared<Letter>(message, form_);
    if (const std::size_t uncertain = job.file.progress().uncertain(); uncertain > 0) {
      log(Severity::warning, LogLine("uncertain")
                                 .with("job", job.file.job().id)
                                 .with("list", job.file.job().list)
                                 .with("msgid", job.file.job().message_id)
                                 .with("recipients", static_cast<std::int64_t>(uncertain))
                                 .with("why", "the last run ended before the final answer; sent again"));
    }
    return true;
  }
  return false;
}

void Workload::claim_failed(const Entry& entry, const Error& error) {
  log(Severity::error, LogLine("claim").with("job", entry.job_id).with(error));
  // What the machine cannot read now it may read later; the other jobs go on.
  if (error.kind == ErrorKind::again || error.kind == ErrorKind::missing) return;
  Status moved = spool_.move_aside(entry.directory + "/" + entry.name, entry.name, error.what);
  if (!moved) return spool_failed(moved.error());
  ++report_.set_aside;
  log(Severity::error, LogLine("set-aside").with("job", entry.job_id).with(error));
}

bool Workload::set_aside_if_it_crashes(const Entry& entry, const JobFile& file) {
  if (file.progress().fruitless_claims() <= kMaxFruitlessClaims) return false;
  claim_failed(entry,
               Error{ErrorKind::damaged, "spool: claim " + entry.job_id + ": " + std::to_string(kMaxFruitlessClaims) +
                                             " runs ended within this job without any progress"});
  return true;
}

Status Workload::intend(const Batch& batch, const std::vector<Outcome>& outcomes) {
  OpenJob& job = *batch.job;
  if (job.is_stuck) return Error{ErrorKind::again, "spool: " + batch.job_id + " cannot be written"};
  job.file.add(job.file.progress().record_try(batch.targets, outcomes), 0);
  return {};
}

Status Workload::write_down() {
  Status all;
  for (OpenJob& job : open_) {
    Status written = job.file.write_down();
    if (written) continue;
    job.is_stuck = true;
    spool_failed(written.error());
    all = std::move(written);
  }
  return all;
}

void Workload::settle(const Batch& batch, const std::vector<Outcome>& outcomes) {
  assert(batch.job != nullptr && batch.job->batches > 0 && outcomes.size() == batch.targets.size());
  OpenJob& job = *batch.job;
  --job.batches;
  log_outcomes(job, batch.targets, outcomes);
  for (const Outcome& outcome : outcomes) {
    job.delivered += outcome.kind == Outcome::Kind::delivered ? 1 : 0;
    job.deferred += outcome.kind == Outcome::Kind::deferred ? 1 : 0;
    job.failed += outcome.kind == Outcome::Kind::failed ? 1 : 0;
  }
  const std::string records = job.file.progress().record_outcomes(batch.targets, outcomes);
  job.file.add(records, outcomes.size());
  if (job.file.progress().untold().size() >= kMaxToldAtOnce) report_failures(job);
}

void Workload::log_outcomes(const OpenJob& job, const std::vector<Target>& targets,
                            const std::vector<Outcome>& outcomes) {
  std::uint64_t logged = job.deferred + job.failed;
  for (std::size_t i = 0; i < targets.size() && logged < kMaxLoggedRecipients; ++i) {
    const bool is_failed = outcomes[i].kind == Outcome::Kind::failed;
    if (!is_failed && outcomes[i].kind != Outcome::Kind::deferred) continue;
    ++logged;
    log(Severity::info, LogLine(is_failed ? "failed" : "deferred")
                            .with("job", job.file.job().id)
                            .with("list", job.file.job().list)
                            .with("msgid", job.file.job().message_id)
                            .with("to", targets[i].recipient->address)
                            .with("status", outcomes[i].answer.status)
                            .with("why", outcomes[i].answer.text));
  }
}

int Workload::sync_overdue() {
  (void)write_down();  // a failure is noted, and ends the run
  const Moment now = std::chrono::steady_clock::now();
  int wait_ms = -1;
  for (OpenJob& job : open_) {
    std::optional<Moment> due = job.file.sync_due();
    if (!due) continue;
    if (*due <= now) {
      if (Status synced = job.file.sync(); !synced) spool_failed(synced.error());
      continue;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*due - now).count() + 1;
    wait_ms = wait_ms < 0 ? static_cast<int>(left) : std::min(wait_ms, static_cast<int>(left));
  }
  return wait_ms;
}

void Workload::stop(const Answer& why) {
  if (is_stopped_) return;
  is_stopped_ = true;
  trouble_ = why;
  log(Severity::error,
      LogLine("relay").with("url", options_.relay.text()).with("status", why.status).with("why", why.text));
}

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
  if (is_done() && job.file.progress().untold().empty()) {
    if (Status finished = job.file.finish(); !finished) {
      spool_failed(finished.error());
    } else {
      ++report_.jobs_finished;
    }
  } else {
    release(job);
  }
  report_.delivered += job.delivered;
  report_.deferred += job.deferred;
  report_.failed += job.failed;
  LogLine line("job");
  line.with("job", job.file.job().id).with("list", job.file.job().list).with("msgid", job.file.job().message_id);
  line.with("delivered", static_cast<std::int64_t>(job.delivered));
  line.with("deferred", static_cast<std::int64_t>(job.deferred)).with("failed", static_cast<std::int64_t>(job.failed));
  log(Severity::info, line);
  if (options_.verbose) std::fprintf(stderr, "%s\n", line.text().c_str());
}

void Workload::release(OpenJob& job) {
  Progress& progress = job.file.progress();
  const UnixTime now = help_.clock();
  const std::string id = job.file.job().id;
  const UnixTime backoff = now + backoff_delay(progress.attempts() + 1, id);
  const UnixTime due = std::max(now + 1, std::min(backoff, job.file.job().expires));
  Status done = job.file.append(progress.record_due(due, trouble_), 0);
  if (done) done = job.file.move_to(spool_.directory() + "/later", later_name(due, id));
  if (!done) spool_failed(done.error());
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
      const Answer& last = targets[i].recipient->last ? *targets[i].recipient->last : progress.trouble();
      const std::string why = last.text.empty() ? trouble_.text : last.text;
      outcomes[i] = {Outcome::Kind::failed, {"4.4.7", why.empty() ? "not delivered in time" : "expired: " + why}};
    }
    log_outcomes(job, targets, outcomes);
    job.failed += targets.size();
    if (Status written = job.file.append(progress.record_outcomes(targets, outcomes), targets.size()); !written) {
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
  if (Status written = job.file.append(job.file.progress().record_told(), 0); !written) spool_failed(written.error());
  const std::size_t room = kMaxReportedFailures - std::min(kMaxReportedFailures, report_.failures.size());
  failures.resize(std::min(failures.size(), room));
  std::move(failures.begin(), failures.end(), std::back_inserter(report_.failures));
}

void Workload::spool_failed(const Error& error) {
  log(Severity::error, LogLine("spool").with(error));
  if (!spool_error_) spool_error_ = error;
}

Result<FlushReport> Workload::finish() {
  is_stopped_ = true;
  close_idle_jobs();
  assert(open_.empty());
  if (spool_error_) return *spool_error_;
  return std::move(report_);
}

}  // namespace majlis::spool
