#include "spool/budgets.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/checksum.h"
#include "base/log.h"
#include "base/text.h"

namespace majlis::spool {
namespace {

const std::string kRelay = "*";            // the key of the relay as a whole; no domain is called so
constexpr std::size_t kMaxKeyOctets = 38;  // kBudgetRowOctets less the longest numbers
constexpr unsigned kPauseDoublings = 4;    // kFirstPause * 2^4 is above kLongestPause
constexpr UnixTime kOtherRunPause = 10;    // another run has all transactions of a domain
constexpr unsigned kMaxSlots = 1000;
constexpr std::uint64_t kMaxPerMinute = 1'000'000;

// What a peer said begins with its reply code; what we say in its place does not.
bool is_peers_word(const DeliveryStatus& answer) {
  return answer.text.size() > 3 && answer.text[0] == '4' && parse_number(answer.text.substr(0, 3)).has_value();
}

// A greylist wants the same recipients again later, not fewer of them.
bool asks_for_less(const DeliveryStatus& answer) {
  return is_peers_word(answer) && answer.status.starts_with("4.7.") &&
         find_ignoring_case(answer.text, "greylist") == std::string_view::npos &&
         find_ignoring_case(answer.text, "graylist") == std::string_view::npos;
}

bool is_about_domain(const DeliveryStatus& answer) {
  return is_peers_word(answer) && (answer.status.starts_with("4.4.") || answer.status == "4.1.2");
}

UnixTime pause_length(unsigned level, const std::string& domain) {
  const unsigned doublings = std::min(level > 0 ? level - 1 : 0U, kPauseDoublings);
  const UnixTime longest = std::min(kFirstPause << doublings, kLongestPause);
  const std::uint32_t noise = crc32c(std::to_string(level), crc32c(domain));
  return longest - static_cast<UnixTime>(noise % static_cast<std::uint32_t>(longest / 5 + 1));
}

// A pause from the future was written under a wrong clock.
bool is_in_force(const BudgetRow& row, UnixTime now) {
  return row.level > 0 && row.since <= now && now < row.until && row.until <= row.since + kLongestPause;
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'; }

bool is_limited(const DomainBudget& budget) { return budget.transactions + budget.per_minute > 0; }

bool is_one_answer(const std::vector<DeliveryOutcome>& outcomes) {
  return std::all_of(outcomes.begin(), outcomes.end(), [&](const DeliveryOutcome& each) {
    return each.kind == DeliveryOutcome::Kind::deferred && each.answer == outcomes.front().answer;
  });
}

}  // namespace

// What one transaction says about one domain.
struct Budgets::Tally {
  bool is_taken = false;
  bool is_too_much = false;
  bool is_silent = false;
};

std::string budget_key(std::string_view address) {
  const std::size_t at = address.rfind('@');
  std::string domain = to_lower_ascii(at == std::string_view::npos ? address : address.substr(at + 1));
  if (!domain.empty() && domain.size() <= kMaxKeyOctets && std::all_of(domain.begin(), domain.end(), is_plain)) {
    return domain;
  }
  std::array<char, 32> digest{};
  std::snprintf(digest.data(), digest.size(), "#%08x%08x", crc32c(domain), crc32c(domain, 1));
  return digest.data();
}

std::optional<DomainBudgets> parse_domain_budgets(std::string_view text) {
  DomainBudgets budgets;
  for (const std::string_view word : split_words(text)) {
    const std::vector<std::string_view> pieces = split_at(word, ':');
    if (pieces.size() != 3) return std::nullopt;
    const std::string domain = to_lower_ascii(pieces[0]);
    const std::optional<std::uint64_t> transactions = parse_number(pieces[1]);
    const std::optional<std::uint64_t> per_minute = parse_number(pieces[2]);
    const bool is_good = !domain.empty() && std::all_of(domain.begin(), domain.end(), is_plain) && transactions &&
                         per_minute && *transactions <= kMaxSlots && *per_minute <= kMaxPerMinute;
    if (!is_good || !budgets.emplace(domain, DomainBudget{*transactions, *per_minute}).second) return std::nullopt;
  }
  return budgets;
}

Budgets::Budgets(const std::string& path, BudgetLimits limits) : file_(path), limits_(std::move(limits)) {
  has_limits_ = is_limited(limits_.each) || std::any_of(limits_.of_domain.begin(), limits_.of_domain.end(),
                                                        [](const auto& each) { return is_limited(each.second); });
}

DomainBudget Budgets::budget_of(const std::string& domain) const {
  const auto own = limits_.of_domain.find(domain);
  return own == limits_.of_domain.end() ? limits_.each : own->second;
}

void Budgets::begin_batch(UnixTime now) {
  in_batch_.clear();
  const auto tick = std::chrono::steady_clock::now();
  if (next_look_ && tick < *next_look_) return;
  next_look_ = tick + std::chrono::seconds(1);
  std::optional<std::vector<BudgetRow>> paused = file_.read_paused();
  if (!paused) return;
  paused_.clear();
  for (BudgetRow& row : *paused) {
    // Long over: the domain starts afresh.
    if (row.since > now || row.until + kLongestPause < now) continue;
    std::string domain = row.domain;
    paused_.emplace(std::move(domain), std::move(row));
  }
}

bool Budgets::is_paused(const std::string& domain, UnixTime now) const {
  const auto row = paused_.find(domain);
  return row != paused_.end() && is_in_force(row->second, now);
}

bool Budgets::is_relay_paused(UnixTime now) const { return is_paused(kRelay, now); }

void Budgets::hold(const std::string& domain, UnixTime until) { held_[domain] = until; }

UnixTime Budgets::held_until(std::string_view address) const {
  if (held_.empty()) return 0;
  const auto held = held_.find(budget_key(address));
  return held == held_.end() ? 0 : held->second;
}

Admission Budgets::admit(std::string_view address, UnixTime now) {
  const std::string domain = budget_key(address);
  const auto held = held_.find(domain);
  if (held != held_.end() && held->second > now) return Admission::not_in_this_run;
  const auto pause = paused_.find(domain);
  if (pause != paused_.end() && is_in_force(pause->second, now)) {
    hold(domain, pause->second.until);
    return Admission::not_in_this_run;
  }
  const DomainBudget budget = budget_of(domain);
  const std::uint64_t transactions = pause != paused_.end() ? 1 : budget.transactions;
  const bool is_in_batch = in_batch_.contains(domain);
  if (transactions > 0 && !is_in_batch) {
    const Admission opened = open_transaction(domain, transactions, now);
    if (opened != Admission::go) return opened;
  }
  if (budget.per_minute > 0 && !count(domain, budget.per_minute, now)) {
    if (transactions > 0 && !is_in_batch) close_transaction(domain);
    hold(domain, (now / 60 + 1) * 60);
    return Admission::not_in_this_run;
  }
  return Admission::go;
}

Admission Budgets::open_transaction(const std::string& domain, std::uint64_t limit, UnixTime now) {
  std::set<unsigned>& own = in_flight_[domain];
  const auto slots = static_cast<unsigned>(std::min<std::uint64_t>(limit, kMaxSlots));
  const std::optional<unsigned> slot = own.size() < slots ? file_.take_slot(domain, slots, own) : std::nullopt;
  if (slot) {
    own.insert(*slot);
    in_batch_.insert(domain);
    return Admission::go;
  }
  if (!own.empty()) return Admission::not_yet;
  in_flight_.erase(domain);
  hold(domain, now + kOtherRunPause);
  return Admission::not_in_this_run;
}

void Budgets::close_transaction(const std::string& domain) {
  const auto own = in_flight_.find(domain);
  if (own == in_flight_.end()) return;
  in_batch_.erase(domain);
  file_.free_slot(domain, *own->second.begin());
  own->second.erase(own->second.begin());
  if (own->second.empty()) in_flight_.erase(own);
}

bool Budgets::count(const std::string& domain, std::uint64_t per_minute, UnixTime now) {
  const auto minute = static_cast<std::uint64_t>(std::max<UnixTime>(now, 0) / 60);
  bool is_within = false;
  const auto change = [&](BudgetRow& row) {
    if (row.minute != minute) row.count = 0;
    row.minute = minute;
    is_within = row.count < per_minute;
    row.count += is_within ? 1 : 0;
    return is_within;
  };
  if (!file_.update(domain, change)) change(counted_[domain]);
  return is_within;
}

void Budgets::end_batch(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes,
                        UnixTime now) {
  if (!in_flight_.empty()) {
    std::set<std::string> domains;
    for (const Target& target : targets) domains.insert(budget_key(target.recipient->address));
    for (const std::string& domain : domains) close_transaction(domain);
  }
  const bool is_any_deferred = std::any_of(outcomes.begin(), outcomes.end(), [](const DeliveryOutcome& each) {
    return each.kind == DeliveryOutcome::Kind::deferred;
  });
  if (is_any_deferred || !paused_.empty()) learn(targets, outcomes, now);
}

void Budgets::learn(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes, UnixTime now) {
  std::map<std::string, Tally> tallies;
  bool is_any_taken = false;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const DeliveryOutcome& outcome = outcomes[i];
    if (outcome.kind != DeliveryOutcome::Kind::delivered && outcome.kind != DeliveryOutcome::Kind::deferred) continue;
    Tally& tally = tallies[budget_key(targets[i].recipient->address)];
    const bool is_deferred = outcome.kind == DeliveryOutcome::Kind::deferred;
    tally.is_taken = tally.is_taken || !is_deferred;
    tally.is_too_much = tally.is_too_much || (is_deferred && asks_for_less(outcome.answer));
    tally.is_silent = tally.is_silent || (is_deferred && is_about_domain(outcome.answer));
    is_any_taken = is_any_taken || !is_deferred;
  }
  if (tallies.size() > 1 && tallies.begin()->second.is_too_much && is_one_answer(outcomes)) return pause(kRelay, now);
  for (const auto& [domain, tally] : tallies) {
    if (tally.is_too_much || (tally.is_silent && !tally.is_taken)) {
      pause(domain, now);
    } else if (tally.is_taken) {
      ease(domain, now);
    }
  }
  if (is_any_taken) ease(kRelay, now);
}

void Budgets::pause(const std::string& domain, UnixTime now) {
  BudgetRow& own = paused_[domain];
  own.domain = domain;
  // What was under way when the pause began is refused as well: that is the same pause.
  if (is_in_force(own, now)) return;
  const auto change = [&](BudgetRow& row) {
    if (is_in_force(row, now)) {  // another run was told the same
      own = row;
      return false;
    }
    const bool is_recent = row.since <= now && now <= row.until + kLongestPause;
    row.level = (is_recent ? std::min(row.level, kPauseDoublings) : 0) + 1;
    row.since = now;
    row.until = now + pause_length(row.level, domain);
    own = row;
    return true;
  };
  if (!file_.update(domain, change)) change(own);
  hold(domain, own.until);
  log(Severity::warning, LogLine("pause")
                             .with(domain == kRelay ? "relay" : "domain", domain == kRelay ? "all" : domain)
                             .with("seconds", own.until - now));
}

void Budgets::ease(const std::string& domain, UnixTime now) {
  const auto own = paused_.find(domain);
  // Taken by a transaction that had begun before the pause.
  if (own == paused_.end() || is_in_force(own->second, now)) return;
  const auto change = [&](BudgetRow& row) {
    row.level = own->second.level - 1;
    return true;
  };
  BudgetRow mine = own->second;
  if (!file_.update(domain, change)) change(mine);
  if (--own->second.level == 0) paused_.erase(own);
}

}  // namespace majlis::spool
