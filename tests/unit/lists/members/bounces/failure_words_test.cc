#include "lists/members/bounces/failure_words.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(FailureWords, SayTheStatusOnceAndNoType) {
  EXPECT_EQ(failure_words("5.1.1", "smtp; 550 5.1.1 no such user"), "550 5.1.1 no such user");
  EXPECT_EQ(failure_words("5.1.1", "x-postfix; unknown user"), "5.1.1 unknown user");
  EXPECT_EQ(failure_words("5.1.1", "no such user; sorry"), "5.1.1 no such user; sorry");
  EXPECT_EQ(failure_words("5.1.1", ""), "5.1.1");
  EXPECT_EQ(failure_words("", "mailbox full"), "mailbox full");
  EXPECT_EQ(failure_words("", ""), "");
  EXPECT_EQ(failure_words("4.4.7", ";"), "4.4.7 ;");
}

}  // namespace
}  // namespace majlis::lists
