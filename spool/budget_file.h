#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file.h"

namespace majlis::spool {

// What is remembered about a domain from one run to the next.
struct BudgetRow {
  std::string domain;  // a budget_key()
  UnixTime since = 0;  // the pause: in force from since until, and not outside, whatever the clock did
  UnixTime until = 0;
  unsigned level = 0;        // pauses in a row
  std::uint64_t minute = 0;  // of the clock, the count's
  std::uint64_t count = 0;   // recipients in it
};

// spool/budgets (doc/SPOOL.md): a table of 4,096 rows of fixed size, each with its checksum, shared by all runs. Never
// longer than that; a row that is torn or damaged is an empty one. What cannot be read or written is logged once, and
// then every question is answered as if the table were empty: it must stop no mail. Nothing is synced: a power cut
// costs a count.
class BudgetFile {
 public:
  explicit BudgetFile(std::string path) : path_(std::move(path)) {}

  // Every row that has a level, when somebody else wrote to the file since the last call; nullopt when nobody did.
  std::optional<std::vector<BudgetRow>> read_paused();
  // Reads the domain's row (a fresh one if there is none), lets `change` work on it and writes it back when it says
  // true, all under the file's lock. False: the file is of no use.
  bool update(const std::string& domain, const std::function<bool(BudgetRow&)>& change);

  // One of `slots` slots of the domain, over all processes; freed by free_slot or by the end of the process. nullopt:
  // none is free but those in `own`.
  template <class Set>
  std::optional<unsigned> take_slot(const std::string& domain, unsigned slots, const Set& own) {
    for (unsigned slot = 0; slot < slots; ++slot) {
      if (own.count(slot) == 0 && lock_slot(domain, slot)) return slot;
    }
    return std::nullopt;
  }
  void free_slot(const std::string& domain, unsigned slot);

 private:
  bool open(bool may_create);
  bool lock_slot(const std::string& domain, unsigned slot);
  bool lock();
  void unlock();
  void unusable(const Error& error);

  std::string path_;
  UniqueFd fd_;
  bool is_unusable_ = false;
  std::optional<timespec> read_at_;  // the file's time when it was read
};

// A row as it stands in the file, kBudgetRowOctets long; nullopt for anything else. Pure.
constexpr std::size_t kBudgetRowOctets = 128;
std::string encode_budget_row(const BudgetRow& row);
std::optional<BudgetRow> parse_budget_row(std::string_view octets);

}  // namespace majlis::spool
