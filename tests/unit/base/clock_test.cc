#include "base/clock.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

namespace majlis {
namespace {

constexpr UnixTime kLeapDay = 1'709'208'000;  // 2024-02-29, noon, a Thursday

TEST(Clock, WritesTheDateOfRfc5322) {
  EXPECT_EQ(rfc5322_date(0), "Thu, 01 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(rfc5322_date(kLeapDay), "Thu, 29 Feb 2024 12:00:00 +0000");
  EXPECT_EQ(rfc5322_date(-1), "Wed, 31 Dec 1969 23:59:59 +0000");
}

TEST(Clock, WritesIso8601AndTheMonth) {
  EXPECT_EQ(iso8601(kLeapDay), "2024-02-29T12:00:00Z");
  EXPECT_EQ(year_month(kLeapDay), "2024-02");
  EXPECT_EQ(year_month(-1), "1969-12");
}

TEST(Clock, TimeZonesHaveNoPartInIt) {
  ASSERT_EQ(setenv("TZ", "Asia/Kathmandu", 1), 0);
  EXPECT_EQ(iso8601(kLeapDay), "2024-02-29T12:00:00Z");
  ASSERT_EQ(unsetenv("TZ"), 0);
}

TEST(Clock, TimesBeyondFourDigitsOfAYearAreCut) {
  EXPECT_EQ(iso8601(std::numeric_limits<UnixTime>::max()), "9999-12-31T23:59:59Z");
  EXPECT_EQ(iso8601(std::numeric_limits<UnixTime>::min()), "0001-01-01T00:00:00Z");
}

}  // namespace
}  // namespace majlis
