#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Config : public MailDesk {};

TEST_F(Config, IsShownToWhoeverHasThePasswordAndHasNoneInIt) {
  make_owned_list("cooks", "description = All about soup\n");
  const std::string answer = ask(std::string("config cooks ") + kPassword);
  EXPECT_THAT(answer, HasSubstr("All about soup\n"));
  EXPECT_THAT(answer, HasSubstr("# admin_passwd is set; it is never shown.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("$argon2id")));
  EXPECT_THAT(answer, Not(HasSubstr(kPassword)));
}

TEST_F(Config, WithoutThePasswordNothingIsShown) {
  make_owned_list("cooks", "description = All about soup\n");
  for (const char* words : {"config cooks", "config cooks wrong-word"}) {
    EXPECT_THAT(ask(words), Not(HasSubstr("soup"))) << words;
  }
}

TEST_F(Config, NewconfigTakesBackWhatConfigShows) {
  make_owned_list("cooks", "description = All about soup\n");
  const std::string before = list("cooks").config().write();
  const std::string answer = ask(std::string("newconfig cooks ") + kPassword + "\n" + before + "EOF\n");
  EXPECT_THAT(answer, HasSubstr("accepted"));
  EXPECT_EQ(list("cooks").config().write(), before);
}

TEST_F(Config, NewconfigSaysWhatHasNoEffectBesideAnotherSetting) {
  make_owned_list("cooks", "");
  EXPECT_THAT(ask(std::string("newconfig cooks ") + kPassword + "\nreply_to = $SENDER\nreply_to_mode = list\nEOF\n"),
              HasSubstr("Not obeyed: reply_to_mode: reply_to is set and takes precedence;"));
}

TEST_F(Config, OneWithAnErrorIsRefusedAsAWhole) {
  make_owned_list("cooks", "description = before\n");
  ask(std::string("newconfig cooks ") + kPassword + "\ndescription = after\nmoderate = perhaps\nEOF\n");
  EXPECT_EQ(list("cooks").config().text(lists::Setting::description), "before");
}

TEST_F(Config, ALongOneIsSentAsAFile) {
  std::string footer;
  for (int i = 0; i < 1000; ++i) footer += "A line of forty octets that says nothing\n";
  make_owned_list("cooks", "message_footer << END\n" + footer + "END\n");
  const std::string answer = ask(std::string("config cooks ") + kPassword);
  EXPECT_THAT(answer, HasSubstr("The configuration is long: it is sent as a file in a message of its own.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("A line of forty octets")));
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(Config, APasswordThatIsNotSetIsSaidToBeNone) {
  make_list("cooks", "");
  const std::string hash = auth::hash_password(kPassword).value();
  ASSERT_TRUE(
      replace_file(list("cooks").directory() + "/passwords", lists::ListPasswords({hash, ""}).write(), 0600).ok());
  const std::string answer = ask(std::string("config cooks ") + kPassword);
  EXPECT_THAT(answer, HasSubstr("# admin_passwd is set; it is never shown.\n"));
  EXPECT_THAT(answer, HasSubstr("# approve_passwd is not set.\n"));
}

}  // namespace
}  // namespace majlis::commands
