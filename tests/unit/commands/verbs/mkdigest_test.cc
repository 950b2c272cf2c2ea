#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Mkdigest : public MailDesk {
 protected:
  Mkdigest() { make_owned_list("cooks", ""); }
  std::string ask_for_digest() { return ask(std::string("mkdigest cooks ") + kPassword); }
};

TEST_F(Mkdigest, WithoutAPostThatWaitsSaysSo) {
  add_member("bob@example.org", store::kMemberDigestMime);
  EXPECT_THAT(ask_for_digest(), HasSubstr("No post waits for the digest of cooks: none is sent.\n"));
}

TEST_F(Mkdigest, WhatWaitsIsDueWithTheNextDelivery) {
  add_member("bob@example.org", store::kMemberDigestMime);
  auto state = writer();
  store::PendingDigest pending;
  pending.end = 10;
  pending.posts = 1;
  ASSERT_TRUE(state->set_pending_digest(lists::kCooks, pending).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  EXPECT_THAT(ask_for_digest(), HasSubstr("The digest of cooks is sent with the next delivery.\n"));
  EXPECT_EQ(reader()->due_items("digest", kNow, 10).value().size(), 1U);
}

TEST_F(Mkdigest, NeedsThePassword) {
  EXPECT_THAT(ask("mkdigest cooks wrong-word"), HasSubstr("**** mkdigest: invalid password.\n"));
}

TEST_F(Mkdigest, WhereNobodyGetsOneSaysSo) {
  EXPECT_THAT(ask_for_digest(), HasSubstr("**** mkdigest: cooks makes no digests.\n"));
}

}  // namespace
}  // namespace majlis::commands
