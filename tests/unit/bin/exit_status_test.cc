#include "bin/exit_status.h"

#include <gtest/gtest.h>

namespace majlis::bin {
namespace {

TEST(ExitStatus, WhateverMayPassKeepsTheMail) {
  for (const ErrorKind kind : {ErrorKind::again, ErrorKind::damaged, ErrorKind::misconfigured, ErrorKind::missing}) {
    EXPECT_EQ(exit_status_for(Error{kind, "x"}), kTryAgain) << word_for(kind);
  }
}

TEST(ExitStatus, WhatIsRefusedGoesBackToItsSender) {
  EXPECT_EQ(exit_status_for(Error{ErrorKind::refused, "x"}), kNotAMail);
}

// sysexits.h: the MTA keeps the mail at 75 only.
TEST(ExitStatus, IsTheMtasNumber) {
  EXPECT_EQ(int{kTryAgain}, 75);
  EXPECT_EQ(int{kNotAMail}, 65);
  EXPECT_EQ(int{kNoSuchList}, 67);
  EXPECT_EQ(int{kWrongUse}, 64);
}

}  // namespace
}  // namespace majlis::bin
