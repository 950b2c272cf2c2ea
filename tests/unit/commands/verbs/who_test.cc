#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Who : public MailDesk {};

TEST_F(Who, ListsMembersAndCountsThem) {
  make_list("cooks", "who_access = open\n");
  add_member("bob@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("Members of list 'cooks':\n\n    bob@example.org\n\n1 subscriber\n"));
  add_member("carl@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("    carl@example.org\n\n2 subscribers\n"));
}

TEST_F(Who, AConcealedMemberIsCountedAndShownToTheOwnerOnly) {
  make_owned_list("cooks", "who_access = open\n");
  add_member("bob@example.org", store::kMemberConcealed);
  const std::string answer = ask("who cooks");
  EXPECT_THAT(answer, Not(HasSubstr("    bob@example.org")));
  EXPECT_THAT(answer, HasSubstr("1 subscriber\n"));
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " who cooks"), HasSubstr("    bob@example.org\n"));
}

TEST_F(Who, IsForMembersWhereTheListSaysSo) {
  make_list("cooks", "who_access = list\n");
  add_member("bob@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("**** Command disabled.\n"));
  EXPECT_THAT(ask("who cooks", "bob@example.org"), HasSubstr("    bob@example.org\n"));
}

}  // namespace
}  // namespace majlis::commands
