#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "spool/job/progress.h"

namespace majlis::spool {

// One recipient that will get no further try.
struct Failure {
  enum class Fault {
    recipient,  // refused, or in the way until the job expired
    relay,      // the job expired and nobody had been asked about this one
  };
  std::string job;
  std::string list;
  std::string message_id;
  std::string recipient;
  std::string status;  // "5.1.1", "4.4.7" ...
  std::string text;    // the peer's words, printable
  UnixTime sent = 0;   // when the job was written
  Fault fault = Fault::recipient;
};

constexpr std::size_t kMaxToldAtOnce = 1000;
constexpr std::size_t kMaxReportedFailures = 10'000;
constexpr std::size_t kMaxTracedRecipients = 50;  // of one job in one run
constexpr std::size_t kFewRecipients = 5;         // a job with no more is traced to each of them

// What one run did for one job.
struct JobResult {
  struct Named {
    std::string recipient;
    DeliveryOutcome outcome;  // delivered, deferred or failed
  };
  std::string job;
  std::string list;
  std::string message_id;
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
  std::uint64_t delivered_so_far = 0;  // in all runs
  std::uint64_t failed_so_far = 0;
  bool is_finished = false;
  UnixTime next_try = 0;     // when it is not
  std::string set_aside;     // or why it is in bad/ now
  std::vector<Named> named;  // who failed or was deferred, at most kMaxTracedRecipients; everybody of a small job
};

struct FlushReport {
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;
  std::vector<Failure> failures;  // at most kMaxReportedFailures, the rest only counted
  std::uint64_t failed = 0;
  std::uint64_t jobs_finished = 0;
  std::uint64_t jobs_left = 0;  // were due, and still wait
  std::uint64_t set_aside = 0;
  DeliveryStatus stopped_by;    // why the relay got nothing more in this run; empty: it did
  bool is_ended_early = false;  // is_told_to_end said so
};

}  // namespace majlis::spool
