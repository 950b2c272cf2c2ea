#include "base/date_text.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

TEST(DateText, IsAsctimesOrInNumbers) {
  EXPECT_EQ(asctime_text(1'709'208'000), "Thu Feb 29 12:00:00 2024");
  EXPECT_EQ(asctime_text(0), "Thu Jan 01 00:00:00 1970");
  EXPECT_EQ(minute_text(1'709'208'061), "2024-02-29 12:01 UTC");
}

}  // namespace
}  // namespace majlis
