#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Who : public MailDesk {};

TEST_F(Who, ListsMembersAndCountsThem) {
  make_list("cooks", "who_access = open\n");
  add_member("bob@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("Members of list 'cooks':\n\nbob@example.org\n\n1 subscriber\n\n"));
  add_member("carl@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("\nbob@example.org\ncarl@example.org\n\n2 subscribers\n"));
}

TEST_F(Who, GoesThroughALargeRosterThreeTimesAMessage) {
  make_list("cooks", "who_access = open\n");
  auto state = writer();
  for (int i = 0; i < 1001; ++i) {
    const auto address = *mail::Address::parse("a" + std::to_string(i) + "@example.org");
    ASSERT_TRUE(state->add_member(lists::kCooks, {address, "", 0, kNow, 0}).ok());
  }
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  const std::string answer = ask("who cooks\nwho cooks\nwho cooks\nwho cooks\n");
  EXPECT_THAT(answer, HasSubstr("without a password only 3 commands"));
}

TEST_F(Who, ShowsMembersInTheOrderInWhichTheyJoined) {
  make_list("cooks", "who_access = open\n");
  for (const char* address : {"zoe@example.net", "ann@example.com", "bob@a.example"}) add_member(address);
  EXPECT_THAT(ask("who cooks"), HasSubstr("\nzoe@example.net\nann@example.com\nbob@a.example\n\n3 subscribers\n"));
}

TEST_F(Who, OfAnEmptyListSaysSoInMajordomosWords) {
  make_list("cooks", "who_access = open\n");
  EXPECT_THAT(ask("who cooks"), HasSubstr("Members of list 'cooks':\n\n\nNo subscribers\n"));
  EXPECT_THAT(ask("who bakers"), HasSubstr("**** who: no such list 'bakers'\n"));
}

TEST_F(Who, IsDisabledWhereItIsClosed) {
  make_list("cooks", "who_access = closed\n");
  add_member(kAnn);
  EXPECT_THAT(ask("who cooks"), HasSubstr("**** Command disabled.\n"));
}

TEST_F(Who, AConcealedMemberIsCountedAndShownToTheOwnerOnly) {
  make_owned_list("cooks", "who_access = open\n");
  add_member("bob@example.org", store::kMemberConcealed);
  const std::string answer = ask("who cooks");
  EXPECT_THAT(answer, Not(HasSubstr("\nbob@example.org")));
  EXPECT_THAT(answer, HasSubstr("1 subscriber\n"));
  EXPECT_THAT(ask(std::string("approve ") + kPassword + " who cooks"), HasSubstr("\nbob@example.org\n"));
}

TEST_F(Who, IsForMembersWhereTheListSaysSo) {
  make_list("cooks", "who_access = list\n");
  add_member("bob@example.org");
  EXPECT_THAT(ask("who cooks"), HasSubstr("**** List 'cooks' is a private list.\n"
                                          "**** Only members of the list can do a 'who'.\n"
                                          "**** You [ ann@example.org ] aren't a member of list 'cooks'.\n"));
  EXPECT_THAT(ask("who cooks", "bob@example.org"), HasSubstr("\nbob@example.org\n"));
}

}  // namespace
}  // namespace majlis::commands
