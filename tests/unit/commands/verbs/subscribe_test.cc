#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Subscribe : public MailDesk {};

TEST_F(Subscribe, IsConfirmedOnAnOpenListTooBecauseAHeaderProvesNothing) {
  make_list("cooks", "subscribe_policy = open\n");
  EXPECT_THAT(ask("subscribe cooks"), HasSubstr("**** The request must be confirmed by the address concerned."));
  EXPECT_FALSE(member(kAnn));
  add_member(kAnn);
  EXPECT_THAT(ask("subscribe cooks"), HasSubstr("**** Address already subscribed to cooks\n"));
}

TEST_F(Subscribe, OfSomebodyElseAsksThatAddress) {
  make_list("cooks", "subscribe_policy = open+confirm\n");
  EXPECT_THAT(ask("subscribe cooks bob@example.org"),
              HasSubstr("**** The request must be confirmed by the address concerned."));
  EXPECT_FALSE(member("bob@example.org"));
}

TEST_F(Subscribe, WhatIsNoAddressAndWhatIsTheSitesOwnIsRefused) {
  make_list("cooks", "subscribe_policy = open\n");
  EXPECT_THAT(ask("subscribe cooks bob@"), HasSubstr("is not a legal mail address."));
  EXPECT_THAT(ask("subscribe cooks majordomo@lists.example.org"), HasSubstr("is an address of this server."));
}

TEST_F(Subscribe, WithoutAListOrToOneThatIsNotThereIsSaid) {
  EXPECT_THAT(ask("subscribe"), HasSubstr("**** subscribe: which list?\n"));
  EXPECT_THAT(ask("subscribe cooks"), HasSubstr("**** subscribe: unknown list 'cooks'.\n"));
}

// Whether somebody else is on any list is not to be learned.
TEST_F(Subscribe, LeavingEverythingForSomebodyElseSaysTheSameForMembersAndOthers) {
  make_list("cooks", "");
  add_member("bob@example.org");
  const auto words_of = [](const std::string& answer) { return answer.substr(answer.find("\n>>>> ")); };
  std::string of_member = words_of(ask("unsubscribe * bob@example.org"));
  std::string of_other = words_of(ask("unsubscribe * zoe@example.org"));
  of_member.replace(of_member.find("bob"), 3, "zoe");
  EXPECT_EQ(of_member, of_other);
  EXPECT_TRUE(member("bob@example.org"));
}

TEST_F(Subscribe, LeavingEverythingOneIsNotOnIsSaid) {
  EXPECT_THAT(ask("unsubscribe *"), HasSubstr("**** unsubscribe: ann@example.org is on no list here.\n"));
}

}  // namespace
}  // namespace majlis::commands
