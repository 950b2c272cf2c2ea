#include "mail/bounces/bounce_blame.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(BounceBlame, TheStatusSaysWhoseFaultItIs) {
  EXPECT_EQ(blame_for("5.1.1", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.1.10", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.2.1", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.2.2", ""), Blame::temporary);
  EXPECT_EQ(blame_for("4.1.1", ""), Blame::temporary);
  EXPECT_EQ(blame_for("4.4.7", ""), Blame::temporary);
  EXPECT_EQ(blame_for("5.4.4", ""), Blame::temporary);
  EXPECT_EQ(blame_for("5.0.0", ""), Blame::unclear);
  EXPECT_EQ(blame_for("5.5.0", ""), Blame::unclear);
}

TEST(BounceBlame, PolicyContentSizeAndLoopsAreTheMessagesFault) {
  for (const char* status : {"5.7.1", "5.7.26", "4.7.0", "5.6.0", "5.2.3", "5.3.4", "5.4.6", "5.1.8"}) {
    EXPECT_EQ(blame_for(status, ""), Blame::message) << status;
  }
  for (const char* reason :
       {"550 High probability of spam", "554 Message rejected due to DMARC policy", "550 SPF check failed",
        "550 5.0.0 mail forwarding loop for joe@example.org", "552 Message size exceeds fixed maximum",
        "554 blocked using zen.spamhaus.org", "550 this attachment is not accepted"}) {
    EXPECT_EQ(blame_for("", reason), Blame::message) << reason;
    EXPECT_EQ(blame_for("5.0.0", reason), Blame::message) << reason;
  }
}

TEST(BounceBlame, APolicyThatHidesBehindTheStatusOfAnAddressIsStillAPolicy) {
  EXPECT_EQ(blame_for("5.1.1", "550 rejected as spam"), Blame::message);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 User unknown; see our policy"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.7.1", "550 5.7.1 user unknown"), Blame::message);
}

TEST(BounceBlame, WithoutAStatusTheWordsDecide) {
  EXPECT_EQ(blame_for("", "550 No such user here"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.0.0", "550 mailbox is full"), Blame::temporary);
  EXPECT_EQ(blame_for("", "552 rejected"), Blame::temporary);
  EXPECT_EQ(blame_for("", "451 try later"), Blame::temporary);
  EXPECT_EQ(blame_for("", "550 rejected"), Blame::unclear);
  EXPECT_EQ(blame_for("", ""), Blame::unclear);
  EXPECT_EQ(blame_for("x", "x"), Blame::unclear);
  EXPECT_EQ(blame_for("5.0.0", "554 5.7.1 relay access denied"), Blame::message);
}

}  // namespace
}  // namespace majlis::mail
