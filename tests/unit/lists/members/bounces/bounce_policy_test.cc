#include "lists/members/bounces/bounce_policy.h"

#include <gtest/gtest.h>

#include <vector>

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 20'000 * kDay + 3'600;

using Before = std::optional<store::BounceRecord>;

BounceEvent event(mail::Blame blame = mail::Blame::mailbox, BounceSource source = BounceSource::delivery) {
  return {source, blame, "5.1.1", "no such user", 0};
}

ListConfig config(const std::vector<std::pair<Setting, std::string>>& values = {}) {
  ListConfig made;
  for (const auto& [setting, value] : values) EXPECT_TRUE(made.set(setting, value).ok());
  return made;
}

// Days, counted from kNow, on which something fails; how many of them it took to pass the limit, 0 when none did.
int days_until_past_limit(const ListConfig& settings, const std::vector<int>& days, const BounceEvent& what = event()) {
  Before record;
  int count = 0;
  for (const int day : days) {
    ++count;
    const BounceVerdict verdict = decide_bounce(settings, record, what, kNow + day * kDay);
    if (verdict.is_past_limit) return count;
    if (verdict.is_counted) record = verdict.record;
  }
  return 0;
}

TEST(BouncePolicy, CountsADayAsMailmanDoes) {
  EXPECT_EQ(days_until_past_limit(config(), {0, 1, 2, 3, 4, 5}), 5);
  EXPECT_EQ(days_until_past_limit(config(), {0, 7, 14, 21, 28}), 5);
  EXPECT_EQ(days_until_past_limit(config(), {0, 8, 16, 24, 32, 40}), 0) << "each was stale when the next came";
  EXPECT_EQ(days_until_past_limit(config({{Setting::bounce_threshold, "1"}}), {0}), 1);
}

TEST(BouncePolicy, CountsTheDaysItHasLastedAsListservDoes) {
  const ListConfig listserv = config({{Setting::bounce_delay_days, "4"}, {Setting::bounce_threshold, "100"}});
  EXPECT_EQ(days_until_past_limit(listserv, {0, 1, 2, 3, 4, 5}), 5);
  EXPECT_EQ(days_until_past_limit(listserv, {0, 6}), 2);
  EXPECT_EQ(days_until_past_limit(listserv, {0, 9, 10, 11}), 0);
}

TEST(BouncePolicy, ADayCountsOnce) {
  const Before first = decide_bounce(config(), std::nullopt, event(), kNow).record;
  const BounceVerdict second = decide_bounce(config(), first, event(), kNow + 3'600);
  EXPECT_FALSE(second.is_counted);
  EXPECT_EQ(second.rule, "same_day");
  EXPECT_FALSE(decide_bounce(config(), first, event(), kNow - kDay).is_counted) << "a clock that was set back";
}

TEST(BouncePolicy, FullMailboxesCountHalfAndMustPersist) {
  const BounceEvent full = event(mail::Blame::temporary);
  EXPECT_EQ(days_until_past_limit(config(), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, full), 10);
  EXPECT_EQ(decide_bounce(config(), std::nullopt, event(mail::Blame::unclear), kNow).record.score, 50U);
}

TEST(BouncePolicy, WhatTheMessageIsBlamedForCountsNothing) {
  const BounceVerdict verdict = decide_bounce(config(), std::nullopt, event(mail::Blame::message), kNow);
  EXPECT_FALSE(verdict.is_counted);
  EXPECT_EQ(verdict.rule, "message");
}

TEST(BouncePolicy, UnsignedReportsCountOnlyWhereASettingAllowsIt) {
  const BounceEvent unsigned_one = event(mail::Blame::mailbox, BounceSource::unsigned_report);
  EXPECT_EQ(decide_bounce(config(), std::nullopt, unsigned_one, kNow).rule, "unsigned");
  const ListConfig trusting = config({{Setting::bounce_unsigned, "yes"}});
  EXPECT_EQ(decide_bounce(trusting, std::nullopt, unsigned_one, kNow).record.score, 50U);
}

TEST(BouncePolicy, ATagCountsOnce) {
  BounceEvent report = event(mail::Blame::mailbox, BounceSource::signed_report);
  report.sent_day = 19'999;
  Before record = decide_bounce(config(), std::nullopt, report, kNow).record;
  EXPECT_EQ(decide_bounce(config(), record, report, kNow + kDay).rule, "replayed");
  report.sent_day = 19'998;
  EXPECT_EQ(decide_bounce(config(), record, report, kNow + kDay).rule, "replayed");
  report.sent_day = 20'000;
  EXPECT_TRUE(decide_bounce(config(), record, report, kNow + kDay).is_counted);
}

TEST(BouncePolicy, ARecordFromAClockThatWasAheadStopsNothing) {
  BounceEvent report = event(mail::Blame::mailbox, BounceSource::signed_report);
  report.sent_day = 20'365;
  store::BounceRecord ahead = decide_bounce(config(), std::nullopt, report, kNow + 365 * kDay).record;
  report.sent_day = 20'000;
  const BounceVerdict now = decide_bounce(config(), ahead, report, kNow);
  EXPECT_TRUE(now.is_counted) << now.rule;
  EXPECT_EQ(now.record.last, kNow);
  EXPECT_LT(now.record.first, kNow);
  EXPECT_EQ(now.record.sent_day, 20'000);
  report.sent_day = 19'999;
  EXPECT_FALSE(decide_bounce(config(), ahead, report, kNow).is_counted) << "older mail may have been counted before";
  ahead.probed = kNow + 365 * kDay;
  EXPECT_TRUE(decide_bounce(config(), ahead, event(), kNow).is_counted) << "nobody waits a year for a probe";
  BounceEvent of_new_member = event();
  of_new_member.sent_day = 20'000;
  of_new_member.member_since = kNow + 365 * kDay;
  EXPECT_TRUE(decide_bounce(config(), std::nullopt, of_new_member, kNow).is_counted);
}

TEST(BouncePolicy, NothingIsCountedWhileAProbeIsOutOrTheMemberSuspended) {
  store::BounceRecord record = decide_bounce(config(), std::nullopt, event(), kNow).record;
  record.days = 0;
  record.probed = kNow;
  EXPECT_EQ(decide_bounce(config(), record, event(), kNow + kDay).rule, "probe_out");
  const BounceVerdict later = decide_bounce(config(), record, event(), kNow + kProbeWait_s);
  EXPECT_TRUE(later.is_counted);
  EXPECT_EQ(later.record.score, 100U);
  EXPECT_EQ(later.record.probed, 0);
  record.suspended = kNow;
  EXPECT_EQ(decide_bounce(config(), record, event(), kNow + kProbeWait_s).rule, "suspended");
}

}  // namespace
}  // namespace majlis::lists
