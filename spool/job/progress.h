#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace majlis::spool {

// What a peer said, or what we say in its place.
struct DeliveryStatus {
  std::string status;  // RFC 3463: "5.1.1"
  std::string text;    // printable
  bool operator==(const DeliveryStatus&) const = default;
};

// What became of one recipient in one transaction.
struct DeliveryOutcome {
  enum class Kind {
    untried,   // not decided; may be tried again at once
    accepted,  // RCPT was taken, the message is not yet
    delivered,
    deferred,  // 4xx: later
    failed,    // 5xx: never
  };
  Kind kind = Kind::untried;
  DeliveryStatus answer;  // empty for untried, accepted, delivered
};

// A refusal for now, shared by those that got it together.
struct Wait {
  DeliveryStatus answer;
  unsigned attempts = 0;  // tries so far
  UnixTime since = 0;     // of the last one
};

// One recipient that is not settled yet.
struct Recipient {
  enum class State : std::uint8_t { waiting, taken, deferred, settled };
  std::string address;
  std::shared_ptr<const Wait> last;  // why it was deferred before
  State state = State::waiting;
  bool is_uncertain = false;  // the message was under way and its answer is not known
};

struct Target {
  std::uint64_t index = 0;
  Recipient* recipient = nullptr;  // valid until the target is settled
};

// May a recipient go out now?
enum class Admission {
  go,
  not_yet,  // asked again in this run
  not_in_this_run,
};
using Gate = std::function<Admission(const Recipient&)>;

constexpr unsigned kMaxCountedAttempts = 1000;

// What to do with records behind a spoilt one that a power cut cannot have left.
enum class Reading {
  strict,   // the file is damaged
  salvage,  // what can still be understood counts; whoever it was not about gets the message again
};

// How far a job has come: the records behind the head of its file (doc/SPOOL.md) and the state they add up to. Every
// record_...() changes the state and returns the line that must be appended; reading the lines back gives the state
// again. Recipients are known by index: their place in the head or, for a roster, in the pages read so far. Settled
// recipients of a roster are forgotten, so memory does not grow with it.
//
// Of a roster's page that is settled as a whole the file never says who they are, only between which places they stood.
// Such a page is a span. Before a record is about a part of it, another names them all. A span that a run left behind
// without that is a gap: it is read from the roster again.
class Progress {
 public:
  // `seed` ties the records to their file. A roster job starts without recipients, at cursor "".
  Progress(std::uint32_t seed, std::vector<std::string> recipients, bool has_roster);

  // Takes in the records behind the head and makes everybody unsettled wait again. Returns the octets in front of the
  // first spoilt record: what follows is a torn tail. `damaged` when a record contradicts the others, or is spoilt that
  // was on the disk before others were written (record_synced()).
  Result<std::size_t> read(std::string_view records, Reading reading = Reading::strict);

  // The same state in as few records as possible.
  std::string compacted() const;

  // A roster's next page, read from next_place(). `cursor` is where the page after it starts, empty at the end.
  std::string record_page(std::vector<std::string> addresses, std::string_view cursor);
  std::string record_claim();
  std::string record_synced(std::uint64_t octets) const;  // so many octets of records are on the disk
  // The message is about to be completed for the targets that are `accepted`.
  std::string record_try(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes);
  // Empty when all were untried.
  std::string record_outcomes(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes,
                              UnixTime now);
  std::string record_told();  // all failures so far were reported
  // `attempts`: runs in a row that the relay itself was in the way of.
  std::string record_due(UnixTime due, unsigned attempts, const DeliveryStatus& why);
  std::string record_retry();  // a person asks: whoever was deferred is due at once

  // At most `max` waiting recipients that the gate lets through (empty: all), in order of index. Whom it does not let
  // through in this run counts as deferred, without a record. Stops early rather than break a span.
  std::vector<Target> take(std::size_t max, const Gate& gate = {});
  // Did the last take() pass somebody over who may go later?
  bool has_passed_over() const { return has_passed_over_; }
  // Everybody deferred waits again.
  void requeue_deferred();
  // Everybody who is not settled, in order of index.
  void visit_unsettled(const std::function<void(const Recipient&)>& visit) const;

  bool may_have_more() const { return has_roster_ && (!roster_ended_ || unread_ > 0); }
  struct Place {
    std::string_view behind;
    std::string_view until;  // "" = the end of the roster
  };
  Place next_place() const;  // of the roster, good until the next record
  std::size_t waiting() const { return waiting_; }
  std::size_t unsettled() const { return waiting_ + taken_ + deferred_; }
  std::size_t unread() const { return unread_; }  // in gaps, when they were read
  std::size_t deferred() const { return deferred_; }
  std::size_t uncertain() const { return uncertain_at_start_; }
  std::uint64_t delivered() const { return delivered_; }  // since the job was made
  std::uint64_t failed() const { return failed_; }
  std::uint64_t known() const { return next_index_; }  // recipients that were named so far
  unsigned attempts() const { return attempts_; }
  unsigned fruitless_claims() const { return fruitless_claims_; }
  const DeliveryStatus& trouble() const { return trouble_; }

  struct Loss {
    std::string address;
    DeliveryStatus answer;
  };
  const std::vector<Loss>& untold() const { return untold_; }

 private:
  struct Run {
    std::vector<Recipient> recipients;
    std::size_t busy = 0;    // waiting or taken
    bool is_named = true;    // else a span, nobody of which is settled, or a gap
    std::size_t unread = 0;  // of a gap, which has no recipients
    bool is_uncertain = false;
    std::string behind;  // of spans and gaps
    std::string until;
  };
  using Runs = std::map<std::uint64_t, Run>;

  std::string line(std::string_view text) const;
  void seal(std::string& line) const;
  bool is_intact(std::string_view line) const;
  bool apply(std::string_view text);
  std::uint64_t synced_behind(std::string_view records, std::size_t from) const;
  void apply_what_is_left(std::string_view records);
  void begin_again();
  bool apply_page(const std::vector<std::string_view>& words);
  bool apply_span(const std::vector<std::string_view>& words);
  bool apply_names(const std::vector<std::string_view>& words);
  bool apply_again(const std::vector<std::string_view>& words);
  Runs::iterator add_unnamed(const std::vector<std::string_view>& words, std::size_t behind_word);
  void make_gap(Runs::iterator run);
  Runs::iterator first_gap();
  bool apply_outcome(std::string_view kind, const std::vector<std::string_view>& words);
  bool apply_failure(const std::vector<std::string_view>& words);
  bool apply_due(const std::vector<std::string_view>& words);
  bool apply_total(const std::vector<std::string_view>& words);
  bool apply_to_range(std::string_view kind, std::uint64_t from, std::uint64_t to,
                      const std::shared_ptr<const Wait>& wait);
  static bool may_speak_of(Runs::const_iterator run, std::string_view kind, std::uint64_t from, std::uint64_t to);
  bool apply_one(std::string_view kind, Runs::iterator run, Recipient& recipient,
                 const std::shared_ptr<const Wait>& wait);

  Runs::iterator run_of(std::uint64_t index);
  Runs::iterator add_run(std::uint64_t first, std::vector<std::string> addresses);
  void forget(Runs::iterator run);
  std::string gap_line(std::uint64_t first, const Run& run) const;
  std::string names_for(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes,
                        DeliveryOutcome::Kind common);
  void change(Run& run, Recipient& recipient, Recipient::State state);
  void dissolve(Runs::iterator run);
  void settle_states(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes);
  void forget_waits();
  void compact_run(std::string& out, std::uint64_t first, const std::vector<Recipient>& recipients) const;

  std::uint32_t seed_;
  bool has_roster_;
  bool roster_ended_ = false;
  std::string cursor_;
  Runs runs_;  // by first index; a roster's pages shrink to what is left of them
  std::uint64_t next_index_ = 0;
  std::uint64_t scan_from_ = 0;  // nobody waits below this index
  std::size_t waiting_ = 0;
  std::size_t taken_ = 0;
  std::size_t deferred_ = 0;
  std::size_t unread_ = 0;
  bool has_passed_over_ = false;
  std::size_t uncertain_at_start_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
  unsigned attempts_ = 0;
  unsigned fruitless_claims_ = 0;
  DeliveryStatus trouble_;
  std::vector<Loss> untold_;
};

}  // namespace majlis::spool
