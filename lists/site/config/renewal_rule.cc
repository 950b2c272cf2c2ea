#include "lists/site/config/renewal_rule.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::string_view kProbe = "probe";
constexpr int kDaysOfMonth = 28;
constexpr int kDaysOfYear = 365;
constexpr int kAnyLeapYear = 2000;

struct UnitRow {
  std::string_view word;
  RenewalStep::Kind kind;
  int count;
};
constexpr std::array kUnits = {
    UnitRow{"daily", RenewalStep::Kind::days, 1},
    UnitRow{"weekly", RenewalStep::Kind::days, 7},
    UnitRow{"monthly", RenewalStep::Kind::months, 1},
    UnitRow{"yearly", RenewalStep::Kind::months, 12},
};

std::vector<std::string_view> words_of(std::string_view value) {
  std::vector<std::string_view> words;
  for (const std::string_view piece : split_at(value, ',')) {
    for (const std::string_view word : split_words(piece)) words.push_back(word);
  }
  return words;
}

// "6-monthly", "yearly"
std::optional<RenewalStep> read_period(std::string_view word) {
  std::uint64_t times = 1;
  if (const std::size_t hyphen = word.find('-'); hyphen != std::string_view::npos) {
    const auto number = parse_number(word.substr(0, hyphen));
    if (!number || *number < 1 || *number > kMaxRenewalCount) return std::nullopt;
    times = *number;
    word.remove_prefix(hyphen + 1);
  }
  for (const UnitRow& unit : kUnits) {
    if (equals_ignoring_case(word, unit.word)) {
      return RenewalStep{unit.kind, unit.count * static_cast<int>(times), 0, 0};
    }
  }
  return std::nullopt;
}

std::optional<unsigned> number_of(std::string_view digits, std::size_t size) {
  const auto number = digits.size() == size ? parse_number(digits) : std::nullopt;
  if (!number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

// "2027/01/15", "01/15"
std::optional<RenewalStep> read_date(std::string_view word) {
  std::vector<std::string_view> parts = split_at(word, '/');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  const bool is_once = parts.size() == 3;
  const auto in_year = is_once ? number_of(parts.front(), 4) : std::optional<unsigned>(kAnyLeapYear);
  const auto in_month = number_of(parts[parts.size() - 2], 2);
  const auto on_day = number_of(parts.back(), 2);
  if (!in_year || !in_month || !on_day) return std::nullopt;
  const auto year_number = static_cast<int>(*in_year);
  if (!year_month_day(year(year_number), month(*in_month), day(*on_day)).ok()) return std::nullopt;
  return RenewalStep{is_once ? RenewalStep::Kind::once : RenewalStep::Kind::every_year, year_number, *in_month,
                     *on_day};
}

std::optional<RenewalStep> read_step(std::string_view word) {
  std::optional<RenewalStep> step = read_period(word);
  return step ? step : read_date(word);
}

// The day, or the last one of a month that is too short for it.
sys_days day_in(year in_year, month in_month, day on_day) {
  const year_month_day date(in_year, in_month, on_day);
  return date.ok() ? sys_days(date) : sys_days(in_year / in_month / std::chrono::last);
}

UnixTime seconds_of(sys_days days) { return std::chrono::seconds(sys_seconds(days).time_since_epoch()).count(); }

std::optional<UnixTime> end_by(const RenewalStep& step, UnixTime since) {
  const sys_seconds start{std::chrono::seconds(since)};
  const sys_days start_day = std::chrono::floor<std::chrono::days>(start);
  const year_month_day date(start_day);
  switch (step.kind) {
    case RenewalStep::Kind::days: return since + std::chrono::seconds(std::chrono::days(step.count)).count();
    case RenewalStep::Kind::months: {
      const auto then = year_month_day(date.year() / date.month() / day(1)) + months(step.count);
      return seconds_of(day_in(then.year(), then.month(), date.day())) + (start - start_day).count();
    }
    case RenewalStep::Kind::once: {
      const UnixTime end = seconds_of(day_in(year(step.count), month(step.month), day(step.day)));
      return end > since ? std::optional(end) : std::nullopt;
    }
    case RenewalStep::Kind::every_year: {
      const UnixTime end = seconds_of(day_in(date.year(), month(step.month), day(step.day)));
      if (end > since) return end;
      return seconds_of(day_in(date.year() + std::chrono::years(1), month(step.month), day(step.day)));
    }
  }
  return std::nullopt;
}

}  // namespace

RenewalRule read_renewal(std::string_view value) {
  RenewalRule rule;
  for (const std::string_view word : words_of(value)) {
    if (equals_ignoring_case(word, kProbe)) {
      rule.is_probe = true;
      continue;
    }
    const std::optional<RenewalStep> step = read_step(word);
    if (!step || rule.steps.size() == kMaxRenewalSteps) return {};
    rule.steps.push_back(*step);
  }
  return rule;
}

std::optional<Phrase> fault_in_renewal(std::string_view value) {
  const std::vector<std::string_view> words = words_of(value);
  if (words.empty()) return {};
  std::size_t steps = 0;
  for (const std::string_view word : words) {
    if (equals_ignoring_case(word, kProbe)) continue;
    if (starts_with_ignoring_case(word, "delay")) return fault(FaultId::renewal_delay);
    if (!read_step(word)) return fault_of(FaultId::renewal_word, word);
    ++steps;
  }
  if (steps == 0) return fault(FaultId::renewal_probe);
  if (steps > kMaxRenewalSteps) return fault_of_limit(FaultId::renewal_too_many, kMaxRenewalSteps);
  return {};
}

std::optional<UnixTime> end_of_subscription(const RenewalRule& rule, UnixTime since) {
  std::optional<UnixTime> earliest;
  for (const RenewalStep& step : rule.steps) {
    const std::optional<UnixTime> end = end_by(step, since);
    if (end && (!earliest || *end < *earliest)) earliest = end;
  }
  return earliest;
}

int shortest_period_days(const RenewalRule& rule) {
  int shortest = kDaysOfYear;
  for (const RenewalStep& step : rule.steps) {
    if (step.kind == RenewalStep::Kind::days) shortest = std::min(shortest, step.count);
    if (step.kind == RenewalStep::Kind::months) shortest = std::min(shortest, step.count * kDaysOfMonth);
  }
  return shortest;
}

}  // namespace majlis::lists
