#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Approve : public MailDesk {
 protected:
  Approve() { make_owned_list("cooks", "subscribe_policy = closed\nunsubscribe_policy = closed\n"); }
};

TEST_F(Approve, WithThePasswordIsDoneWithoutAsking) {
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " subscribe cooks bob@example.org"), HasSubstr("Succeeded."));
  EXPECT_TRUE(member("bob@example.org"));
  ask(std::string("approve ") + kPassword + " unsubscribe cooks bob@example.org");
  EXPECT_FALSE(member("bob@example.org"));
}

TEST_F(Approve, WithAWrongOneNothingIsDoneAndItIsNotShown) {
  const std::string answer = ask("approve wrong-word subscribe cooks bob@example.org");
  EXPECT_THAT(answer, Not(HasSubstr("wrong-word")));
  EXPECT_THAT(answer, Not(HasSubstr("Succeeded.")));
  EXPECT_FALSE(member("bob@example.org"));
}

TEST_F(Approve, NeedsAPasswordAndACommandThatMayBeApproved) {
  EXPECT_THAT(ask("approve"), HasSubstr("**** approve: needs passwd\n"));
  EXPECT_THAT(ask(std::string("approve ") + kPassword), HasSubstr("**** approve: which command?\n"));
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " help"), HasSubstr("**** approve: invalid command 'help'\n"));
}

TEST_F(Approve, TheProofIsForThatCommandOnly) {
  ask(std::string("approve ") + kPassword + " subscribe cooks bob@example.org\nsubscribe cooks zoe@example.org");
  EXPECT_TRUE(member("bob@example.org"));
  EXPECT_FALSE(member("zoe@example.org"));
}

TEST_F(Approve, HandsOnTheTextBelow) {
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " newinfo cooks\nAll about soup.\nEOF"),
              HasSubstr("New info for list cooks accepted.\n"));
  EXPECT_THAT(read_file(list("cooks").directory() + "/info", 1000).value(), testing::EndsWith("\nAll about soup.\n"));
}

}  // namespace
}  // namespace majlis::commands
