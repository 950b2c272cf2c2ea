#include "spool/backoff.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "spool/agenda.h"

namespace majlis::spool {
namespace {

TEST(Backoff, DoublesFromFiveMinutesToFourHours) {
  const UnixTime longest[] = {300, 600, 1200, 2400, 4800, 9600, 14400, 14400};
  for (unsigned attempt = 1; attempt <= 8; ++attempt) {
    for (const char* name : {"a", "b", "c"}) {
      const UnixTime delay = backoff_delay(attempt, name);
      EXPECT_LE(delay, longest[attempt - 1]);
      EXPECT_GE(delay, longest[attempt - 1] * 4 / 5);
    }
  }
  EXPECT_LE(backoff_delay(4'000'000'000U, "a"), kLongestDelay);
  EXPECT_GT(backoff_delay(0, "a"), 0);
}

TEST(Backoff, SpreadsJobsAndIsTheSameForTheSameJob) {
  std::set<UnixTime> delays;
  for (int i = 0; i < 100; ++i) delays.insert(backoff_delay(7, "job" + std::to_string(i)));
  EXPECT_GT(delays.size(), 50U);
  EXPECT_EQ(backoff_delay(3, "job"), backoff_delay(3, "job"));
}

TEST(LaterName, SortsByTime) {
  EXPECT_LT(later_name(99, "a"), later_name(100, "a"));
  EXPECT_LT(later_name(-5, "a"), later_name(1, "a"));
}

}  // namespace
}  // namespace majlis::spool
