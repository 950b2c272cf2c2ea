#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Info : public MailDesk {
 protected:
  void write(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(replace_file(list("cooks").directory() + "/" + name, text, 0600).ok());
  }
};

TEST_F(Info, ShowsTheTextAndWhenItWasWritten) {
  make_list("cooks", "info_access = open\ndate_info = no\n");
  write("info", "All about soup.\n");
  const std::string answer = ask("info cooks");
  EXPECT_THAT(answer, HasSubstr(">>>> info cooks\nAll about soup.\n\n[Last updated "));
}

TEST_F(Info, WhatIsHiddenLooksLikeWhatIsNotThere) {
  make_list("cooks", "info_access = closed\n");
  const std::string without = ask("info cooks");
  write("info", "secret\n");
  const std::string with = ask("info cooks");
  EXPECT_THAT(without, HasSubstr("#### No info available for cooks.\n"));
  EXPECT_THAT(with, HasSubstr("#### No info available for cooks.\n"));
  EXPECT_THAT(with, Not(HasSubstr("secret")));
}

TEST_F(Info, OfAListForItsMembersIsShownToMembers) {
  make_list("cooks", "intro_access = list\n");
  write("intro", "Welcome.\n");
  EXPECT_THAT(ask("intro cooks"), HasSubstr("#### No intro available for cooks.\n"));
  add_member(kAnn);
  EXPECT_THAT(ask("intro cooks"), HasSubstr("Welcome.\n"));
}

TEST_F(Info, WithTheDateOnTopNoneIsAddedBelow) {
  make_list("cooks", "info_access = open\ndate_info = yes\n");
  write("info", "[Last updated on: Tue, 24 Nov 2026 10:00:00 +0000]\nAll about soup.\n");
  EXPECT_THAT(ask("info cooks"), testing::EndsWith("+0000]\nAll about soup.\n"));
}

TEST_F(Info, AndIntroAreAllowedApart) {
  make_list("cooks", "info_access = open\nintro_access = closed\n");
  write("info", "All about soup.\n");
  write("intro", "Welcome.\n");
  const std::string answer = ask("info cooks\nintro cooks");
  EXPECT_THAT(answer, HasSubstr("All about soup.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("Welcome.\n")));
}

}  // namespace
}  // namespace majlis::commands
