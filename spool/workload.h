#pragma once

#include <algorithm>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "spool/agenda.h"
#include "spool/flush_help.h"
#include "spool/flush_options.h"
#include "spool/flush_report.h"
#include "spool/job/job_file.h"
#include "spool/recipient_words.h"
#include "spool/spool.h"
#include "spool/transport/batch.h"

namespace majlis::spool {

// A claimed job and what this run has done for it.
struct OpenJob {
  explicit OpenJob(JobFile claimed) : file(std::move(claimed)) {}
  JobFile file;
  std::shared_ptr<MessageContent> content;
  RecipientWords words;                     // where its points need them
  std::size_t batches = 0;                  // taken and not settled
  std::size_t most_recipients = SIZE_MAX;   // of a transaction
  bool is_stuck = false;                    // its roster or its file fails: no more batches in this run
  std::string roster_gone;                  // why, when its roster is gone for good
  std::optional<std::uint64_t> recipients;  // when somebody watches and it is known
  std::vector<JobResult::Named> named;
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
};

constexpr std::size_t kMaxDeferredInMemory = 50'000;  // of one roster job: more than that are read in a later run

// Everything that is due, as a stream of batches. Claims jobs one after the other, as they are needed; ends each by
// removing it or moving it to later/.
class Workload : public BatchSource {
 public:
  Workload(const Spool& spool, const FlushOptions& options, const FlushHelp& help, ContentForm form);

  Status list();  // must come first

  std::optional<Batch> take() override;
  Status intend(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) override;
  void settle(const Batch& batch, const std::vector<DeliveryOutcome>& outcomes) override;
  Status write_down() override;
  void do_without_xverp() override { may_xverp_ = false; }
  void limit_recipients(std::size_t most) override { most_recipients_ = std::min(most_recipients_, most); }
  int sync_overdue() override;
  bool is_out_of_time() const override;
  void stop(const DeliveryStatus& why) override;

  // Ends what is still open. The report, or why the spool could not be used.
  Result<FlushReport> finish();

 private:
  std::optional<Batch> take_any();
  std::optional<Batch> take_from(OpenJob& job);
  std::vector<Target> take_targets(OpenJob& job, std::size_t max);
  Admission admit(const OpenJob& job, const Recipient& recipient, UnixTime now);
  bool claim_next();
  void claim_failed(const Entry& entry, const Error& error);
  bool set_aside_if_it_crashes(const Entry& entry, const JobFile& file);
  void read_pages(OpenJob& job, std::size_t wanted);
  void learn_words(OpenJob& job);  // workload_words.cc
  void end_when_told();
  void keep_names(OpenJob& job, const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes) const;
  std::optional<std::uint64_t> recipients_of(const OpenJob& job) const;
  enum class IsOver { no, yes };
  void show(const OpenJob& job, IsOver is_over) const;

  // workload_close.cc
  void close_idle_jobs();
  void close(OpenJob& job);
  struct Release {
    UnixTime due = 0;
    unsigned attempts = 0;
  };
  Release release_of(const OpenJob& job, UnixTime now) const;
  UnixTime earliest_try(const OpenJob& job, UnixTime now) const;
  UnixTime release(OpenJob& job);
  std::string set_aside(OpenJob& job);
  void expire(OpenJob& job);
  void report_failures(OpenJob& job);
  struct Ending {
    bool is_finished = false;
    UnixTime next_try = 0;  // when it is not
    std::string set_aside;  // or why nobody tries it any more
  };
  Ending end(OpenJob& job);
  void log_end(const OpenJob& job, const Ending& ending) const;
  void trace(const OpenJob& job, const Ending& ending);
  void write_traces();
  void log_outcomes(const OpenJob& job, const std::vector<Target>& targets,
                    const std::vector<DeliveryOutcome>& outcomes);
  void spool_failed(const Error& error);
  std::size_t page_size() const;

  const Spool& spool_;
  const FlushOptions& options_;
  const FlushHelp& help_;
  ContentForm form_;
  std::vector<Entry> due_;
  std::size_t next_due_ = 0;
  std::list<OpenJob> open_;
  Budgets budgets_;
  bool is_blocked_ = false;  // nobody may go before something under way is settled
  bool is_stopped_ = false;
  std::optional<Moment> told_to_end_at_;
  bool may_xverp_;
  std::size_t most_recipients_;  // of a transaction
  DeliveryStatus trouble_;       // of the relay as a whole
  std::vector<JobResult> untraced_;
  std::optional<Moment> untraced_since_;
  FlushReport report_;
  std::optional<Error> spool_error_;
};

}  // namespace majlis::spool
