#include "lists/members/bounces/bounce_policy.h"

#include <algorithm>
#include <array>

#include "auth/verp_tag.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::uint32_t kWhole = 100;  // hundredths
constexpr std::uint32_t kHalf = kWhole / 2;

struct Weight {
  mail::Blame blame;
  std::uint32_t weight;
};
constexpr std::array kWeights = {
    Weight{mail::Blame::mailbox, kWhole},
    Weight{mail::Blame::temporary, kHalf},
    Weight{mail::Blame::unclear, kHalf},
    Weight{mail::Blame::message, 0},
};

std::uint32_t weight_of(const BounceEvent& event) {
  for (const Weight& row : kWeights) {
    if (row.blame != event.blame) continue;
    return event.source == BounceSource::unsigned_report ? row.weight / 2 : row.weight;
  }
  return 0;
}

// A clock that was ahead and is set right: what was written then must not hold anything up until that day comes. Clocks
// may differ by a day.
store::BounceRecord brought_back(store::BounceRecord record, UnixTime now) {
  if (record.last > now + kDay) {
    record.last = now - kDay;
    record.first = std::min(record.first, record.last);
  }
  if (record.sent_day > auth::day_of(now) + 1) record.sent_day = auth::day_of(now) - 1;
  if (record.probed > now + kDay) record.probed = 0;
  return record;
}

bool is_from_before_joining(const BounceEvent& event, UnixTime now) {
  return event.sent_day != 0 && event.member_since <= now + kDay && event.sent_day < auth::day_of(event.member_since);
}

// Why a failure does not count; "" when it does.
std::string_view reason_not_to_count(const ListConfig& config, const std::optional<store::BounceRecord>& before,
                                     const BounceEvent& event, UnixTime now) {
  if (event.source == BounceSource::unsigned_report && !config.is_on(Setting::bounce_unsigned)) return "unsigned";
  if (event.blame == mail::Blame::message) return "message";
  if (is_from_before_joining(event, now)) return "earlier_mail";
  if (!before) return "";
  if (before->suspended != 0) return "suspended";
  if (auth::day_of(before->last) >= auth::day_of(now)) return "same_day";
  if (event.sent_day != 0 && event.sent_day <= before->sent_day) return "replayed";
  if (before->probed != 0 && now < before->probed + kProbeWait_s) return "probe_out";
  return "";
}

bool is_past_limit(const ListConfig& config, const store::BounceRecord& record) {
  const auto threshold = static_cast<std::uint64_t>(config.integer(Setting::bounce_threshold)) * kWhole;
  const UnixTime delay = config.integer(Setting::bounce_delay_days) * kDay;
  return record.score >= threshold || (delay > 0 && record.last - record.first >= delay);
}

}  // namespace

BounceVerdict decide_bounce(const ListConfig& config, const std::optional<store::BounceRecord>& before,
                            const BounceEvent& event, UnixTime now) {
  BounceVerdict verdict;
  std::optional<store::BounceRecord> known;
  if (before) known = brought_back(*before, now);
  verdict.record = known.value_or(store::BounceRecord());
  store::BounceRecord& record = verdict.record;
  verdict.rule = reason_not_to_count(config, known, event, now);
  if (!verdict.rule.empty()) return verdict;

  const UnixTime stale = config.integer(Setting::bounce_stale_days) * kDay;
  if (record.days == 0 || record.last + stale < now) {
    record.score = 0;
    record.days = 0;
    record.first = now;
  }
  record.probed = 0;  // whatever was asked before was never answered
  record.probe_id.clear();
  record.score += weight_of(event);
  ++record.days;
  record.last = now;
  record.status = event.status;
  record.text = event.text;
  record.sent_day = std::max(record.sent_day, event.sent_day);
  verdict.rule = "counted";
  verdict.is_counted = true;
  verdict.is_past_limit = is_past_limit(config, record);
  return verdict;
}

store::BounceRecord clean_record(const mail::Address& address, UnixTime now) {
  store::BounceRecord record;
  record.address = address.canonical();
  record.first = now;
  record.last = now;
  record.sent_day = auth::day_of(now);
  return record;
}

store::BounceRecord watched_record(const mail::Address& address, UnixTime now) {
  store::BounceRecord record;
  record.address = address.canonical();
  record.first = now;  // and no `last`: a failure of today counts
  return record;
}

bool is_clean(const store::BounceRecord& record) {
  return record.days == 0 && record.probed == 0 && record.suspended == 0;
}

UnixTime forget_bounces_after(const ListConfig& config, const store::BounceRecord& record) {
  const UnixTime stale_days = is_clean(record) ? 0 : config.integer(Setting::bounce_stale_days);
  const UnixTime days = std::max(stale_days, auth::kVerpLife_days);
  if (record.suspended == 0)
    return std::max(std::max(record.first, record.last) + days * kDay, record.probed + kProbeWait_s) + kDay;
  // Beyond the last letter; the letters themselves are due items.
  const UnixTime letters = config.integer(Setting::bounce_warnings) + 1;
  constexpr UnixTime kSlack = 365 * kDay;  // while the clock is doubted nobody is removed
  return record.suspended + letters * config.integer(Setting::bounce_warning_days) * kDay + kSlack;
}

}  // namespace majlis::lists
