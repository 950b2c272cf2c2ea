#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "lists/site/list.h"
#include "lists/site/site.h"
#include "mail/composer.h"
#include "spool/job/job.h"
#include "store/database.h"

namespace majlis::lists {

constexpr UnixTime kTraceLife = 30 * 24 * 3600;  // of a line for `majlis trace`

// Mail that leaves: to named recipients, or to the members of a list.
struct Outgoing {
  std::string list;    // canonical, "" for the site's own mail
  std::string sender;  // envelope sender, "" = null
  std::vector<std::string> recipients;
  bool to_members = false;  // of `list`, as of this piece of work
  std::string message_id;
  std::string message;
  // Of the members only those with one of these flags (0: all), and with none of those.
  std::uint32_t with_any = 0;
  std::uint32_t without = 0;
  std::uint32_t reaches = 0;             // of the members also those with these, as in spool::RosterQuery
  std::string topics = {};               // and whose choice of topics it is for, as in spool::RosterQuery
  std::vector<std::string> except = {};  // and none of these, as in spool::RosterQuery
  spool::Verp verp = spool::Verp::none;
  std::vector<spool::Point> points = {};  // of `message`
  std::string part = {};                  // of the members, see lists/effects/verp.h; "" = all
  UnixTime give_up = 0;                   // then it is given up; 0, and no later: after the site's job_days
};

// One piece of work: everything one incoming message (or one administrator's command) reads, decides and changes, under
// the site's lock, in one transaction. doc/COMMIT.md has the protocol and the table of crash points:
//
//   stage files in spool/tmp under names made from the fingerprint, sync > commit state and receipt > publish > done
//
// Killed before the commit: nothing happened, the MTA tries again. Killed after it: the next try, or the flusher, finds
// the receipt and only publishes. Nothing is visible to anybody before finish().
class Work {
 public:
  // `fingerprint`: 16 octets that a second run for the same cause will have again.
  static Result<Work> begin(const Site& site, std::string fingerprint, UnixTime now);
  Work(Work&&) noexcept;
  ~Work();

  // An earlier run decided all this already: call finish() and nothing else.
  bool is_repeat() const { return receipt_.has_value(); }
  const std::string& repeated_outcome() const { return receipt_->outcome; }

  const Site& site() const { return *site_; }
  UnixTime now() const { return now_; }
  const std::string& fingerprint() const { return fingerprint_; }
  // Reading and changing state; its transaction is this work's. Never call commit() on it.
  store::Writer& state() { return *state_; }

  // Deterministic per work, in order of the calls: "<FINGERPRINT.N@domain>".
  std::string next_message_id(std::string_view domain);

  // Returns the id its job will have.
  std::string send(Outgoing outgoing);
  // Whether something is to leave for this one address alone.
  bool sends_to(const mail::Address& address) const;
  // A file that appears at `target` (relative to the site) when the work is done; a second one for the same target
  // takes the place of the first.
  void write_file(std::string target, std::string bytes);
  // What write_file() was given for `target`; nullptr: nothing.
  const std::string* pending_file(std::string_view target) const;
  void remove_file(std::string target) { steps_.push_back({"", std::move(target)}); }
  // Whether finish() will remove files. Nothing in spool/tmp tells of that: who has no MTA to try again must see to it.
  bool removes_files() const { return !steps_.empty(); }
  // Appends to the list's mbox of the month (mboxrd). What an interrupted run wrote is overwritten: the committed
  // length rules.
  Status archive(const List& list, std::string_view message, std::string_view envelope_sender);
  void note(std::string key, std::string text);  // a line for `majlis trace`
  void log_when_done(LogLine line) { log_lines_.push_back(std::move(line)); }

  // True when `key` was counted fewer than `limit` times in this window; counts it then.
  Result<bool> count_within(std::string_view key, std::uint64_t limit, UnixTime window_s);

  // To be called before write_file() for a file that an earlier piece of work may have written: one that was killed
  // between its commit and its publishing publishes now, so that the older text never comes after the newer.
  Status publish_leftovers();

  // Stage, commit, publish. After ok everything is durable and visible.
  Status finish(std::string_view outcome);

 private:
  Work(const Site& site, std::string fingerprint, UnixTime now, std::unique_ptr<store::Writer> state);
  Result<std::vector<store::PublishStep>> stage();
  std::string next_staged_name();

  const Site* site_;
  std::string fingerprint_;
  UnixTime now_;
  std::unique_ptr<store::Writer> state_;
  std::optional<store::Receipt> receipt_;
  std::vector<std::pair<std::string, Outgoing>> outgoing_;  // job, mail
  std::vector<std::pair<std::string, std::string>> files_;  // target, bytes
  std::vector<store::PublishStep> steps_;
  std::vector<store::TraceEvent> notes_;
  std::vector<LogLine> log_lines_;
  unsigned staged_count_ = 0;
  unsigned message_ids_ = 0;
};

// What every receipt asks for, whoever does it: rename staged files into place, remove what is to go, sync the
// directories. May be done any number of times.
Status publish(const Site& site, const std::vector<store::PublishStep>& steps);
// The same for every process that was killed between its commit and that; whoever calls has the site's lock.
Status publish_leftovers(const Site& site, const store::Writer& state);

// The fingerprint in a name of spool/tmp; spool::is_staged_name() has been asked before.
std::string fingerprint_of(std::string_view staged_name);

}  // namespace majlis::lists
