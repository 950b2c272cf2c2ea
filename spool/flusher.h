#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "spool/budgets.h"
#include "spool/job/job.h"
#include "spool/relay.h"
#include "spool/smtp/credentials.h"
#include "spool/spool.h"

namespace majlis::spool {

// Where to read: cursors, opaque.
struct RosterPlace {
  std::string_view behind;      // "" = from the first
  std::string_view until = {};  // and not behind this; "" = to the last
};

struct RosterPage {
  std::vector<std::string> recipients;  // addresses to deliver to, grouped by domain
  std::string cursor;                   // strictly behind them; empty when there are no more
  std::vector<std::string> names = {};  // one for each, "" for none, where the query wants them
};

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
    Outcome outcome;  // delivered, deferred or failed
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

// How far a run is, for somebody who watches.
struct FlushProgress {
  std::string job;
  std::string list;
  std::uint64_t job_done = 0;                   // settled recipients of this job, in all runs
  std::optional<std::uint64_t> job_recipients;  // when known
  std::uint64_t delivered = 0;                  // by this run, all jobs
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
  bool is_job_over = false;  // for this run
};

// What the flusher needs from the floor above: the rows of a roster, a page at a time, and the envelope sender of one
// copy.
struct FlushHelp {
  // `missing`: the roster is gone for good. The job is then set aside: somebody may not have had it.
  std::function<Result<RosterPage>(const RosterQuery&, const RosterPlace&, std::size_t max)> roster;
  std::function<std::string(const Job&, std::string_view recipient)> verp_sender;
  // May be empty: nobody has a name. The names of members of a list by their addresses, "" for none.
  std::function<Result<std::vector<std::string>>(const std::string& list, const std::vector<std::string>& addresses)>
      names = nullptr;
  std::function<UnixTime()> clock;
  // May be empty. Gets the failures of a job, at most kMaxToldAtOnce a call, before the job forgets them; ok means they
  // are durable. A run that is killed in between tells them again. The report holds them in any case.
  std::function<Status(const std::vector<Failure>&)> tell = nullptr;
  // May be empty. What became of jobs, for `majlis trace`: some at a time, at most a second after they ended, so that a
  // thousand small jobs do not cost a thousand transactions. A kill in between loses these lines, and no mail.
  std::function<Status(const std::vector<JobResult>&)> trace = nullptr;
  // May be empty. How many a roster has, about; asked only when somebody watches.
  std::function<std::optional<std::uint64_t>(const RosterQuery&)> members = nullptr;
  // May be empty. True: finish what is under way, then end (a signal came).
  std::function<bool()> is_told_to_end = nullptr;
  // May be empty. Called after each transaction and when a job is over.
  std::function<void(const FlushProgress&)> watch = nullptr;
};

// RFC 5321 4.5.3.2. Time during which the peer does nothing; octets that do not complete a reply do not count.
struct SmtpTimeouts {
  std::chrono::milliseconds connect{30'000};
  std::chrono::milliseconds greeting{300'000};
  std::chrono::milliseconds command{300'000};  // EHLO, MAIL, RCPT, RSET, the TLS handshake
  std::chrono::milliseconds data{120'000};     // DATA until 354
  std::chrono::milliseconds block{180'000};    // until a part of the message is taken
  std::chrono::milliseconds dot{600'000};      // the final dot until its answer
  std::chrono::milliseconds quit{2'000};
};

// TLS with smtp:// and lmtp://. smtps:// always has it, and is always verified.
enum class RelayTls {
  off,
  when_offered,  // whoever answers; in clear text when there is none
  required,      // chain and host name verified
};

// How the copies of a job with Verp::per_recipient get their senders.
enum class VerpForm {
  signed_each,  // by FlushHelp::verp_sender, a transaction for each
  xverp,        // by the relay, out of the recipient's address and unsigned, where it offers XVERP
};

struct FlushOptions {
  Relay relay;
  RelayTls tls = RelayTls::when_offered;
  std::string tls_ca_file;                 // whom TLS trusts; empty: the system's certificates
  std::optional<Credentials> credentials;  // for AUTH; TLS is then required, except on the loopback
  bool may_auth_without_tls = false;       // or where the site says that it is not
  VerpForm verp = VerpForm::signed_each;
  unsigned connections = 4;
  std::size_t recipients_per_transaction = 1000;  // or fewer, where the relay takes no more (RFC 5321 4.5.3.1.8)
  std::string helo_name;                          // empty: the machine's name
  SmtpTimeouts timeouts;
  BudgetLimits budgets;
  std::chrono::milliseconds end_patience{20'000};  // for what is under way when the run is told to end
};

struct FlushReport {
  std::uint64_t delivered = 0;
  std::uint64_t deferred = 0;
  std::vector<Failure> failures;  // at most kMaxReportedFailures, the rest only counted
  std::uint64_t failed = 0;
  std::uint64_t jobs_finished = 0;
  std::uint64_t jobs_left = 0;  // were due, and still wait
  std::uint64_t set_aside = 0;
  Answer stopped_by;            // why the relay got nothing more in this run; empty: it did
  bool is_ended_early = false;  // is_told_to_end said so
};

// Delivers everything that is due in new/ and later/. Several runs at once share the jobs (flock per job). Killed
// anywhere it neither loses nor repeats a delivery, apart from SMTP's own window between the end of a message and its
// answer: one transaction per connection, or with CHUNKING several that together have no more recipients. Error only
// when the spool itself cannot be used (then exit 75).
Result<FlushReport> flush(const Spool& spool, const FlushOptions& options, const FlushHelp& help);

}  // namespace majlis::spool
