#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace majlis::lists {

// The setting `renewal`, LISTSERV's Renewal=: how long a subscription lasts. Words separated by commas or blanks,
// letter case ignored:
//
//   weekly, monthly, yearly, N-daily, N-weekly, N-monthly, N-yearly     so long after the last renewal
//   YYYY/MM/DD                                                          once, for whoever was a member by then
//   MM/DD                                                               on that day of every year
//   probe                                                               no answer is asked for, see
//   lists/members/renewal.h
//
// With several the earliest counts.
struct RenewalStep {
  enum class Kind { days, months, once, every_year };
  Kind kind = Kind::days;
  int count = 0;  // of days or months; the year of `once`
  unsigned month = 0;
  unsigned day = 0;
};

struct RenewalRule {
  std::vector<RenewalStep> steps;  // none: subscriptions do not end
  bool is_probe = false;
};

constexpr std::size_t kMaxRenewalSteps = 10;
constexpr std::uint64_t kMaxRenewalCount = 1000;

// The rule a value stands for; a value that has a fault gives one without steps.
RenewalRule read_renewal(std::string_view value);
// What is wrong with a value. The empty value is right: off.
std::optional<Phrase> fault_in_renewal(std::string_view value);

// When a subscription that was last renewed at `since` ends; nullopt: never. Days begin at midnight UTC; a month that
// has no such day ends with its last one.
std::optional<UnixTime> end_of_subscription(const RenewalRule& rule, UnixTime since);

// The shortest of the rule's periods in days; a date counts as a year.
int shortest_period_days(const RenewalRule& rule);

}  // namespace majlis::lists
