#include "foreign/mailman/ban_pattern.h"

#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

TEST(BanPattern, TurnsWhatAPatternCanSay) {
  EXPECT_EQ(ban_pattern("spam@example.org"), "spam@example.org");
  EXPECT_EQ(ban_pattern("^.*@spam\\.example$"), "*@spam.example");
  EXPECT_EQ(ban_pattern("^spam.*"), "spam*");
  EXPECT_EQ(ban_pattern("^spam@"), "spam@*");
}

TEST(BanPattern, LeavesOtherExpressions) {
  for (const char* written : {"^[a-z]+@x$", "^a.b@x$", "^(a|b)@x$", "^a\\d@x$", "^a\\*b"}) {
    EXPECT_EQ(ban_pattern(written), written);
  }
}

}  // namespace
}  // namespace majlis::foreign
