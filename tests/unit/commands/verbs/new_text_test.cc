#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class NewText : public MailDesk {
 protected:
  NewText() { make_owned_list("cooks", "date_info = no\n"); }
  std::string path() const { return list("cooks").directory() + "/info"; }
  std::string set(const std::string& text) { return ask(std::string("newinfo cooks ") + kPassword + "\n" + text); }
};

TEST_F(NewText, IsEverythingUpToTheEndMark) {
  EXPECT_THAT(set("All about\n\n> soup\nEOF\nhelp\n"), HasSubstr("New info for list cooks accepted.\n"));
  EXPECT_EQ(read_file(path(), 1000).value(), "All about\n\n> soup\n");
}

TEST_F(NewText, WithoutItsEndMarkNothingChanges) {
  set("before\nEOF\n");
  const std::string answer = set("cut off");
  EXPECT_THAT(answer, HasSubstr("nothing was changed."));
  EXPECT_EQ(read_file(path(), 1000).value(), "before\n");
}

TEST_F(NewText, ABlankOfAnyKindBehindTheEndMarkIsNothing) {
  set("soup\nEOF\xC2\xA0\n");
  EXPECT_EQ(read_file(path(), 1000).value(), "soup\n");
}

TEST_F(NewText, AnEmptyOneTakesTheTextAway) {
  set("before\nEOF\n");
  EXPECT_THAT(set("EOF\n"), HasSubstr("the list has no info now.\n"));
}

TEST_F(NewText, OneThatWasMailedAndSentBackKeepsOneDate) {
  make_owned_list("cooks", "date_info = yes\n");
  set("[Last updated on: Tue, 24 Nov 2026 10:00:00 +0000]\nsoup\nEOF\n");
  const std::string text = read_file(path(), 1000).value();
  EXPECT_EQ(text.find("[Last updated on: "), 0U);
  EXPECT_EQ(text.find("[Last updated on: ", 1), std::string::npos);
  EXPECT_THAT(text, testing::EndsWith("]\nsoup\n"));
}

TEST_F(NewText, WithAPasswordOfTheListInItIsRefused) {
  const std::string hash = auth::hash_password(kPassword, site_->keys().front()).value();
  const std::string passwords = lists::ListPasswords({hash, ""}).write();
  ASSERT_TRUE(replace_file(list("cooks").directory() + "/passwords", passwords, 0600).ok());
  EXPECT_THAT(
      set(std::string("Owners write: approve ") + kPassword + " who\nEOF\n"),
      HasSubstr("a password of cooks stands in the text,\n**** which everybody may read: nothing was changed.\n"));
  EXPECT_FALSE(path_exists(path()));
}

TEST_F(NewText, WithAWrongPasswordIsRefused) {
  EXPECT_THAT(ask("newinfo cooks wrong-word\nx\nEOF\n"), HasSubstr("**** newinfo: invalid password.\n"));
  EXPECT_FALSE(path_exists(path()));
}

}  // namespace
}  // namespace majlis::commands
