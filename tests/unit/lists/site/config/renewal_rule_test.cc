#include "lists/site/config/renewal_rule.h"

#include <gtest/gtest.h>

#include <array>

#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

// When a subscription of `since` ends, as people read it; "never".
std::string end_of(std::string_view value, UnixTime since) {
  const std::optional<UnixTime> end = end_of_subscription(read_renewal(value), since);
  return end ? iso8601(*end) : "never";
}

constexpr UnixTime kJanuary31 = 1'769'860'800;  // 2026-01-31T12:00:00Z
constexpr UnixTime kLeapDay = 1'709'164'800;    // 2024-02-29T00:00:00Z

TEST(RenewalRule, CountsPeriodsFromTheLastRenewal) {
  EXPECT_EQ(iso8601(kJanuary31), "2026-01-31T12:00:00Z");
  EXPECT_EQ(end_of("weekly", kJanuary31), "2026-02-07T12:00:00Z");
  EXPECT_EQ(end_of("3-daily", kJanuary31), "2026-02-03T12:00:00Z");
  EXPECT_EQ(end_of("2-Weekly", kJanuary31), "2026-02-14T12:00:00Z");
  EXPECT_EQ(end_of("Yearly", kJanuary31), "2027-01-31T12:00:00Z");
  EXPECT_EQ(end_of("2-yearly", kJanuary31), "2028-01-31T12:00:00Z");
  EXPECT_EQ(end_of("6-Monthly", kJanuary31), "2026-07-31T12:00:00Z");
}

TEST(RenewalRule, AMonthThatHasNoSuchDayEndsWithItsLast) {
  EXPECT_EQ(end_of("monthly", kJanuary31), "2026-02-28T12:00:00Z");
  EXPECT_EQ(end_of("yearly", kLeapDay), "2025-02-28T00:00:00Z");
  EXPECT_EQ(end_of("48-monthly", kLeapDay), "2028-02-29T00:00:00Z");
  EXPECT_EQ(end_of("02/29", kJanuary31), "2026-02-28T00:00:00Z");
}

TEST(RenewalRule, ADateIsMeantOnceOrEveryYear) {
  EXPECT_EQ(end_of("2026/03/01", kJanuary31), "2026-03-01T00:00:00Z");
  EXPECT_EQ(end_of("2026/01/31", kJanuary31), "never");  // renewed that day
  EXPECT_EQ(end_of("2020/01/01", kJanuary31), "never");
  EXPECT_EQ(end_of("01/31", kJanuary31), "2027-01-31T00:00:00Z");
  EXPECT_EQ(end_of("02/01", kJanuary31), "2026-02-01T00:00:00Z");
}

TEST(RenewalRule, OfSeveralTheEarliestCounts) {
  EXPECT_EQ(end_of("Yearly, 2026/03/01 06/30", kJanuary31), "2026-03-01T00:00:00Z");
  EXPECT_EQ(end_of("06/30,yearly", kJanuary31), "2026-06-30T00:00:00Z");
  EXPECT_EQ(end_of("06/30,weekly", kJanuary31), "2026-02-07T12:00:00Z");
}

TEST(RenewalRule, WithoutOneSubscriptionsNeverEnd) {
  EXPECT_EQ(end_of("", kJanuary31), "never");
  EXPECT_FALSE(fault_in_renewal(""));
  EXPECT_FALSE(fault_in_renewal(" , "));
}

TEST(RenewalRule, ProbeIsSaidBesideAPeriod) {
  EXPECT_TRUE(read_renewal("6-Monthly, Probe").is_probe);
  EXPECT_FALSE(read_renewal("6-Monthly").is_probe);
  EXPECT_FALSE(fault_in_renewal("PROBE,yearly"));
  EXPECT_EQ(in_english(fault_in_renewal("probe").value()), "probe needs to know how often");
}

TEST(RenewalRule, WhatIsNoneIsRefused) {
  for (const std::string_view value :
       std::array<std::string_view, 12>{"sometimes", "0-daily", "1001-daily", "-weekly", "x-weekly", "6-", "2026/02/30",
                                        "13/01", "1/1", "2026-01-01", "2026/01/01/01", "6monthly"}) {
    EXPECT_TRUE(fault_in_renewal(value)) << value;
    EXPECT_TRUE(read_renewal(value).steps.empty()) << value;
  }
  EXPECT_EQ(in_english(fault_in_renewal("yearly, Delay(14)").value()), "the days to answer are renewal_delay_days");
  EXPECT_TRUE(fault_in_renewal("weekly weekly weekly weekly weekly weekly weekly weekly weekly weekly weekly"));
}

TEST(RenewalRule, TellsItsShortestPeriod) {
  EXPECT_EQ(shortest_period_days(read_renewal("yearly")), 336);
  EXPECT_EQ(shortest_period_days(read_renewal("3-daily,yearly")), 3);
  EXPECT_EQ(shortest_period_days(read_renewal("01/01")), 365);
}

}  // namespace
}  // namespace majlis::lists
