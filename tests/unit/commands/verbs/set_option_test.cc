#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class SetOption : public MailDesk {
 protected:
  SetOption() {
    make_owned_list("cooks", "");
    add_member("bob@example.org");
  }
};

TEST_F(SetOption, ForAnotherNeedsThePassword) {
  EXPECT_THAT(ask("set cooks nomail bob@example.org"), Not(HasSubstr("Succeeded (nomail")));
  EXPECT_EQ(member("bob@example.org")->flags, 0U);
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " set cooks nomail bob@example.org"),
              HasSubstr("Succeeded (nomail in list cooks).\n"));
  EXPECT_EQ(member("bob@example.org")->flags, store::kMemberNoMail);
}

TEST_F(SetOption, WithoutOneOrByAnotherNameTellsWhichThereAre) {
  EXPECT_THAT(ask("set cooks", "bob@example.org"), HasSubstr("**** set: which option? There are"));
  EXPECT_EQ(member("bob@example.org")->flags, 0U);
}

TEST_F(SetOption, OfTheOwnersIsRefusedToMembers) {
  EXPECT_THAT(ask("set cooks norenew", "bob@example.org"),
              HasSubstr("**** set: only the owner of the list may set 'norenew'.\n"));
}

}  // namespace
}  // namespace majlis::commands
