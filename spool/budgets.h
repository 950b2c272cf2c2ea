#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "spool/budget_file.h"
#include "spool/job/progress.h"

namespace majlis::spool {

// What one destination domain may get; 0 is no limit.
struct DomainBudget {
  std::uint64_t transactions = 0;  // at once, over all runs
  std::uint64_t per_minute = 0;    // recipients in a minute of the clock, over all runs
};

using DomainBudgets = std::map<std::string, DomainBudget, std::less<>>;  // names in lower case

struct BudgetLimits {
  DomainBudget each;
  DomainBudgets of_domain;  // instead of `each`
};

// "DOMAIN:TRANSACTIONS:PER_MINUTE ...", as site.conf has it; nullopt for anything else.
std::optional<DomainBudgets> parse_domain_budgets(std::string_view text);

constexpr UnixTime kFirstPause = 60;
constexpr UnixTime kLongestPause = 600;

// Which domains get mail now: the limits of the site, and pauses that peers asked for. A pause (4.7.x: too much; 4.4.x
// and 4.1.2: the domain does not answer) lasts one minute, doubling to ten while the next try is refused as well, less
// up to a fifth; after it one transaction at a time goes out, and each that is taken halves the next pause. When a
// whole transaction to several domains is refused by 4.7.x, it is the relay that pauses.
//
// State is shared with other runs by a BudgetFile, where it can be; without it each run counts for itself.
class Budgets {
 public:
  Budgets(const std::string& path, BudgetLimits limits);

  // To be called before each batch, and first of all. Sees what other runs learned, at most once a second.
  void begin_batch(UnixTime now);
  // No limit is set and nobody pauses: nobody needs to be asked.
  bool is_idle() const { return !has_limits_ && paused_.empty(); }
  bool is_relay_paused(UnixTime now) const;
  // Of a further recipient of the batch that was begun; counted when the answer is `go`. `not_yet`: a transaction of
  // this run is in the way.
  Admission admit(std::string_view address, UnixTime now);
  // The batch is settled.
  void end_batch(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes, UnixTime now);
  // When a domain that was not admitted in this run may be asked again; 0: it was.
  UnixTime held_until(std::string_view address) const;

 private:
  struct Tally;
  DomainBudget budget_of(const std::string& domain) const;
  void hold(const std::string& domain, UnixTime until);
  Admission open_transaction(const std::string& domain, std::uint64_t limit, UnixTime now);
  void close_transaction(const std::string& domain);
  bool count(const std::string& domain, std::uint64_t per_minute, UnixTime now);
  void learn(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes, UnixTime now);
  void pause(const std::string& domain, UnixTime now);
  void ease(const std::string& domain, UnixTime now);
  bool is_paused(const std::string& domain, UnixTime now) const;

  BudgetFile file_;
  const BudgetLimits limits_;
  bool has_limits_ = false;
  std::unordered_map<std::string, BudgetRow> paused_;              // rows with a level
  std::unordered_map<std::string, BudgetRow> counted_;             // this run's own count, when the file is of no use
  std::unordered_map<std::string, std::set<unsigned>> in_flight_;  // slots by domain
  std::set<std::string> in_batch_;                                 // domains that have a slot in this batch
  std::unordered_map<std::string, UnixTime> held_;
  std::optional<std::chrono::steady_clock::time_point> next_look_;
};

// What budgets know an address's domain by: lower case; a name that is longer than most or odd is replaced by a digest.
std::string budget_key(std::string_view address);

}  // namespace majlis::spool
