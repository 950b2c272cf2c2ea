#include "base/date_text.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

TEST(DateText, IsAsctimesOrInNumbers) {
  EXPECT_EQ(asctime_text(1'709'208'000), "Thu Feb 29 12:00:00 2024");
  EXPECT_EQ(asctime_text(0), "Thu Jan 01 00:00:00 1970");
  EXPECT_EQ(minute_text(1'709'208'061), "2024-02-29 12:01 UTC");
}

TEST(DateText, ADayIsReadInNumbers) {
  EXPECT_EQ(parse_day("1970-01-02"), 86'400);
  EXPECT_EQ(parse_day("2024-02-29"), 1'709'164'800);
  for (const char* text : {"", "2023-02-29", "2024-13-01", "2024-1-01", "24-01-01", "2024-01-01-", "2024-01-0x"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

}  // namespace
}  // namespace majlis
