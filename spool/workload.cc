#include "spool/workload.h"

#include <algorithm>
#include <cassert>

#include "base/log.h"
#include "base/text.h"
#include "spool/backoff.h"

namespace majlis::spool {
namespace {

constexpr unsigned kMaxFruitlessClaims = 3;
constexpr std::size_t kRosterPage = 1000;
constexpr std::size_t kFewAPage = 50;                 // so small transactions are no pages of their own
constexpr std::size_t kMaxEmptyPages = 100'000;       // in a row, of a roster whose members are filtered out
constexpr std::size_t kMaxOpenJobs = 256;             // more than all connections work on
constexpr std::uint64_t kMaxLoggedRecipients = 1000;  // of one job in one run

}  // namespace

Workload::Workload(const Spool& spool, const FlushOptions& options, const FlushHelp& help, ContentForm form)
    : spool_(spool),
      options_(options),
      help_(help),
      form_(form),
      budgets_(spool.directory() + "/budgets", options.budgets),
      may_xverp_(options.verp == VerpForm::xverp),
      most_recipients_(std::max<std::size_t>(options.recipients_per_transaction, 1)) {}

Status Workload::list() {
  const UnixTime now = help_.clock();
  Result<std::vector<Entry>> due = list_due(spool_, now, report_.set_aside);
  if (!due) return due.error();
  due_ = std::move(*due);
  budgets_.begin_batch(now);
  is_stopped_ = budgets_.is_relay_paused(now);
  if (is_stopped_) report_.stopped_by = {"4.7.0", "the relay asked for less and is left in peace for now"};
  return {};
}

std::optional<Batch> Workload::take() {
  end_when_told();
  close_idle_jobs();
  if (is_blocked_) return std::nullopt;
  std::optional<Batch> batch = take_any();
  is_blocked_ = !batch && !open_.empty();
  return batch;
}

std::optional<Batch> Workload::take_any() {
  while (!is_stopped_) {
    for (OpenJob& job : open_) {
      if (std::optional<Batch> batch = take_from(job)) return batch;
    }
    close_idle_jobs();
    if (spool_error_ || open_.size() >= kMaxOpenJobs || !claim_next()) break;
  }
  return std::nullopt;
}

void Workload::end_when_told() {
  if (told_to_end_at_ || !help_.is_told_to_end || !help_.is_told_to_end()) return;
  told_to_end_at_ = std::chrono::steady_clock::now();
  report_.is_ended_early = !is_stopped_;
  is_stopped_ = true;
}

bool Workload::is_out_of_time() const {
  return told_to_end_at_ && std::chrono::steady_clock::now() - *told_to_end_at_ >= options_.end_patience;
}

std::optional<Batch> Workload::take_from(OpenJob& job) {
  if (job.is_stuck) return std::nullopt;
  const bool is_verp = job.file.job().verp == Verp::per_recipient;
  const bool is_signed = is_verp && !may_xverp_;
  const bool is_alone = is_signed || job.content->is_personal();
  const std::size_t max = is_alone ? 1 : std::min(most_recipients_, job.most_recipients);
  std::vector<Target> targets = take_targets(job, max);
  if (targets.empty()) return std::nullopt;
  Batch batch;
  batch.job = &job;
  batch.job_id = job.file.job().id;
  batch.content = job.content;
  batch.is_verp = is_verp && may_xverp_;
  batch.targets = std::move(targets);
  if (job.content->is_personal()) batch.words = job.words.of(batch.targets.front().recipient->address);
  const bool may_sign = is_signed && help_.verp_sender;
  batch.sender =
      may_sign ? help_.verp_sender(job.file.job(), batch.targets.front().recipient->address) : job.file.job().sender;
  ++job.batches;
  return batch;
}

// Reads on behind those who may not go yet, so that one domain does not keep the others waiting.
std::vector<Target> Workload::take_targets(OpenJob& job, std::size_t max) {
  Progress& progress = job.file.progress();
  const UnixTime now = help_.clock();
  budgets_.begin_batch(now);
  const Gate gate = [&](const Recipient& recipient) { return admit(job, recipient, now); };
  std::vector<Target> targets;
  std::size_t passed_over = 0;
  do {
    read_pages(job, passed_over + max - targets.size());
    if (job.is_stuck) break;
    for (const Target& target : progress.take(max - targets.size(), gate)) targets.push_back(target);
    passed_over = progress.waiting();
  } while (targets.size() < max && progress.may_have_more() && (progress.has_passed_over() || passed_over == 0) &&
           passed_over + progress.deferred() <= kMaxDeferredInMemory);
  if (job.is_stuck && !targets.empty()) {
    const std::vector<DeliveryOutcome> untried(targets.size());
    budgets_.end_batch(targets, untried, now);
    progress.record_outcomes(targets, untried, now);
    return {};
  }
  const auto is_before = [](const Target& a, const Target& b) { return a.index < b.index; };
  if (!std::is_sorted(targets.begin(), targets.end(), is_before)) std::sort(targets.begin(), targets.end(), is_before);
  return targets;
}

Admission Workload::admit(const OpenJob& job, const Recipient& recipient, UnixTime now) {
  // Once the job expires everybody has a last try.
  const bool is_last_try = now >= job.file.job().expires;
  if (recipient.last && !is_last_try && next_try(*recipient.last, job.file.job().id, recipient.address, now) > now) {
    return Admission::not_in_this_run;
  }
  return budgets_.is_idle() ? Admission::go : budgets_.admit(recipient.address, now);
}

std::size_t Workload::page_size() const { return most_recipients_ >= kFewAPage ? most_recipients_ : kRosterPage; }

// Reads a roster on until a whole batch waits.
void Workload::read_pages(OpenJob& job, std::size_t wanted) {
  Progress& progress = job.file.progress();
  for (std::size_t empty = 0; progress.waiting() < wanted && progress.may_have_more() && !job.is_stuck; ++empty) {
    if (progress.deferred() > kMaxDeferredInMemory) return;
    const Progress::Place place = progress.next_place();
    Result<RosterPage> page = help_.roster(*job.file.job().roster, {place.behind, place.until}, page_size());
    if (page && page->recipients.empty() && empty >= kMaxEmptyPages) {
      page = Error{ErrorKind::damaged, "spool: read roster: too many empty pages"};
    }
    if (page && !page->cursor.empty() && page->cursor == place.behind) {
      page = Error{ErrorKind::damaged, "spool: read roster: the cursor does not move"};
    }
    if (!page) {
      log(Severity::error, LogLine("roster").with("job", job.file.job().id).with(page.error()));
      job.is_stuck = true;
      if (page.error().kind == ErrorKind::missing) job.roster_gone = page.error().what;
      return;
    }
    if (!page->recipients.empty()) empty = 0;
    job.words.add(page->recipients, page->words);
    const std::string record = progress.record_page(std::move(page->recipients), page->cursor);
    job.file.add(record);
  }
}

std::optional<std::uint64_t> Workload::recipients_of(const OpenJob& job) const {
  if (!job.file.job().roster) return job.file.progress().known();
  return help_.members ? help_.members(*job.file.job().roster) : std::nullopt;
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
    if (help_.name_anew) help_.name_anew(job.file.job());
    const std::string message = std::exchange(job.file.job().message, {});
    // Whoever was refused before may have been one too many, whatever the peer said.
    job.file.progress().visit_unsettled([&job](const Recipient& recipient) {
      if (recipient.last) job.most_recipients = kTakenByAll;
    });
    if (help_.watch) job.recipients = recipients_of(job);
    if (wanted_at(job.file.job().points).any()) learn_words(job);
    job.content = std::make_shared<MessageContent>(message, std::exchange(job.file.job().points, {}), form_);
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
  if (may_pass(error)) return;
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

Status Workload::intend(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) {
  OpenJob& job = *batch.job;
  if (job.is_stuck) return Error{ErrorKind::again, "spool: " + batch.job_id + " cannot be written"};
  job.file.add(job.file.progress().record_try(batch.targets, outcomes));
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

void Workload::settle(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) {
  assert(batch.job != nullptr && batch.job->batches > 0 && outcomes.size() == batch.targets.size());
  OpenJob& job = *batch.job;
  const UnixTime now = help_.clock();
  --job.batches;
  is_blocked_ = false;
  log_outcomes(job, batch.targets, outcomes);
  keep_names(job, batch.targets, outcomes);
  job.words.forget(batch.targets, outcomes);
  budgets_.end_batch(batch.targets, outcomes, now);
  if (budgets_.is_relay_paused(now)) stop(outcomes.front().answer);
  for (const DeliveryOutcome& outcome : outcomes) {
    job.delivered += outcome.kind == DeliveryOutcome::Kind::delivered ? 1 : 0;
    job.deferred += outcome.kind == DeliveryOutcome::Kind::deferred ? 1 : 0;
    job.failed += outcome.kind == DeliveryOutcome::Kind::failed ? 1 : 0;
  }
  const std::string records = job.file.progress().record_outcomes(batch.targets, outcomes, now);
  job.file.add_outcomes(records);
  if (job.file.progress().untold().size() >= kMaxToldAtOnce) report_failures(job);
  show(job, IsOver::no);
}

void Workload::keep_names(OpenJob& job, const std::vector<Target>& targets,
                          const std::vector<DeliveryOutcome>& outcomes) const {
  if (!help_.trace) return;
  const bool is_small = !job.file.job().roster && job.file.progress().known() <= kFewRecipients;
  for (std::size_t i = 0; i < targets.size() && job.named.size() < kMaxTracedRecipients; ++i) {
    const DeliveryOutcome::Kind kind = outcomes[i].kind;
    const bool is_delivered = kind == DeliveryOutcome::Kind::delivered && is_small;
    if (!is_delivered && kind != DeliveryOutcome::Kind::deferred && kind != DeliveryOutcome::Kind::failed) continue;
    job.named.push_back({targets[i].recipient->address, outcomes[i]});
  }
}

void Workload::show(const OpenJob& job, IsOver is_over) const {
  if (!help_.watch) return;
  const Progress& progress = job.file.progress();
  FlushProgress shown;
  shown.job = job.file.job().id;
  shown.list = job.file.job().list;
  shown.job_done = progress.delivered() + progress.failed();
  shown.job_recipients = job.recipients;
  shown.delivered = report_.delivered;
  shown.deferred = report_.deferred;
  shown.failed = report_.failed;
  shown.is_job_over = is_over == IsOver::yes;
  if (is_over == IsOver::no) {
    for (const OpenJob& open : open_) {
      shown.delivered += open.delivered;
      shown.deferred += open.deferred;
      shown.failed += open.failed;
    }
  }
  help_.watch(shown);
}

void Workload::log_outcomes(const OpenJob& job, const std::vector<Target>& targets,
                            const std::vector<DeliveryOutcome>& outcomes) {
  std::uint64_t logged = job.deferred + job.failed;
  for (std::size_t i = 0; i < targets.size() && logged < kMaxLoggedRecipients; ++i) {
    const bool is_failed = outcomes[i].kind == DeliveryOutcome::Kind::failed;
    if (!is_failed && outcomes[i].kind != DeliveryOutcome::Kind::deferred) continue;
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
  end_when_told();
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

void Workload::stop(const DeliveryStatus& why) {
  if (is_stopped_) return;
  is_stopped_ = true;
  trouble_ = report_.stopped_by = why;
  log(Severity::error,
      LogLine("relay").with("url", options_.relay.text()).with("status", why.status).with("why", why.text));
}

void Workload::spool_failed(const Error& error) {
  log(Severity::error, LogLine("spool").with(error));
  if (!spool_error_) spool_error_ = error;
}

Result<FlushReport> Workload::finish() {
  is_stopped_ = true;
  close_idle_jobs();
  write_traces();
  assert(open_.empty());
  report_.jobs_left += due_.size() - next_due_;
  if (spool_error_) return *spool_error_;
  return std::move(report_);
}

}  // namespace majlis::spool
