#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Owner : public MailDesk {
 protected:
  Owner() { make_owned_list("cooks", ""); }
};

TEST_F(Owner, NeedsAPassword) { EXPECT_THAT(ask("config cooks"), HasSubstr("**** config: needs password.\n")); }

TEST_F(Owner, BehindAWrongPasswordNoOtherIsLookedAt) {
  const std::string answer = ask(std::string("config cooks wrong-word\nconfig cooks ") + kPassword);
  EXPECT_THAT(answer, HasSubstr("**** config: invalid password.\n"));
  EXPECT_THAT(answer, HasSubstr("**** This password was not looked at: another one in this message was wrong"));
}

TEST_F(Owner, AfterTenWrongOnesInAnHourNoneIsLookedAt) {
  const std::string right = std::string("approve ") + kPassword + " subscribe cooks ";
  for (int i = 0; i < 10; ++i) ask("config cooks wrong-word");
  ask(right + "bob@example.org");
  EXPECT_FALSE(member("bob@example.org"));
  ask(right + "carol@example.org", "olga@example.org");
  EXPECT_TRUE(member("carol@example.org")) << "somebody else's count";
}

TEST_F(Owner, TheListMayBeLeftOutAtItsOwnAddress) {
  EXPECT_THAT(ask(std::string("config ") + kPassword, kAnn, "cooks-request@lists.example.org"),
              HasSubstr("# admin_passwd is set; it is never shown.\n"));
}

TEST_F(Owner, WhatIsDoneWithThePasswordIsTraced) {
  const std::string password = kPassword;
  add_member("bob@example.org", store::kMemberDigestMime);
  auto state = writer();
  store::PendingDigest pending;
  pending.end = 10;
  pending.posts = 1;
  ASSERT_TRUE(state->set_pending_digest(lists::kCooks, pending).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  ask("config cooks " + password + "\nwriteconfig cooks " + password + "\nmkdigest cooks " + password +
      "\nnewinfo cooks " + password + "\nsoup\nEOF\npasswd cooks " + password + " cumin-and-salt");
  std::vector<std::string> done;
  const Result<std::vector<store::TraceEvent>> events = reader()->trace(lists::kCooks, 10);
  ASSERT_TRUE(events);
  for (const store::TraceEvent& event : *events) done.push_back(event.text);
  EXPECT_THAT(done, testing::ElementsAre("config by=ann@example.org", "writeconfig by=ann@example.org",
                                         "mkdigest by=ann@example.org", "newinfo by=ann@example.org",
                                         "passwd by=ann@example.org"));
}

}  // namespace
}  // namespace majlis::commands
