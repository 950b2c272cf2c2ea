#include "lists/members/membership.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace majlis::lists {
namespace {

using auth::Proof;

constexpr auto kJoin = MembershipChange::join;
constexpr auto kLeave = MembershipChange::leave;

ListConfig config_with(const char* policy) {
  ListConfig config;
  EXPECT_TRUE(config.set(Setting::subscribe_policy, policy).ok());
  EXPECT_TRUE(config.set(Setting::unsubscribe_policy, policy).ok());
  return config;
}

constexpr const char* kPolicies[] = {"open", "closed", "auto", "open+confirm", "closed+confirm", "auto+confirm"};

TEST(Membership, NoPolicyBelievesAHeader) {
  for (const char* policy : kPolicies) {
    for (const bool self : {true, false}) {
      const auto join = decide_membership(config_with(policy), {kJoin, false, self, Proof::none});
      EXPECT_NE(join, MembershipAnswer::done) << policy;
      const auto leave = decide_membership(config_with(policy), {kLeave, true, self, Proof::none});
      EXPECT_EQ(leave, MembershipAnswer::challenge) << policy;
    }
  }
}

TEST(Membership, JoiningWithoutProofIsConfirmedOrAskedOfTheOwner) {
  for (const char* policy : kPolicies) {
    const auto answer = decide_membership(config_with(policy), {kJoin, false, true, Proof::none});
    const bool closed = std::string(policy) == "closed";
    EXPECT_EQ(answer, closed ? MembershipAnswer::ask_owner : MembershipAnswer::challenge) << policy;
  }
}

TEST(Membership, JoiningAlwaysAsks) {
  for (const char* policy : kPolicies) {
    const MembershipQuestion question{kJoin, false, true, Proof::authenticated};
    EXPECT_NE(decide_membership(config_with(policy), question), MembershipAnswer::done) << policy;
  }
}

TEST(Membership, TheTokenJoinsUnlessTheOwnerDecides) {
  for (const char* policy : kPolicies) {
    const auto answer = decide_membership(config_with(policy), {kJoin, false, false, Proof::address_token});
    const bool closed = std::string(policy).starts_with("closed");
    EXPECT_EQ(answer, closed ? MembershipAnswer::ask_owner : MembershipAnswer::done) << policy;
  }
}

TEST(Membership, WhoNeedsNoOwnerConfirmsAllTheSame) {
  for (const char* policy : kPolicies) {
    MembershipQuestion question{kJoin, false, true, Proof::none};
    question.needs_no_owner = true;
    EXPECT_EQ(decide_membership(config_with(policy), question), MembershipAnswer::challenge) << policy;
    question.proof = Proof::address_token;
    EXPECT_EQ(decide_membership(config_with(policy), question), MembershipAnswer::done) << policy;
    question.is_banned = true;
    EXPECT_EQ(decide_membership(config_with(policy), question), MembershipAnswer::banned) << policy;
  }
}

TEST(Membership, WhoeverProvedToBeTheAddressMayAlwaysLeave) {
  for (const char* policy : kPolicies) {
    for (const Proof proof : {Proof::address_token, Proof::authenticated, Proof::list_password, Proof::administrator}) {
      EXPECT_EQ(decide_membership(config_with(policy), {kLeave, true, false, proof}), MembershipAnswer::done) << policy;
    }
  }
}

TEST(Membership, ThePasswordDecidesAlone) {
  for (const char* policy : kPolicies) {
    EXPECT_EQ(decide_membership(config_with(policy), {kJoin, false, false, Proof::list_password}),
              MembershipAnswer::done)
        << policy;
  }
}

TEST(Membership, AStrangerDoesNotLearnWhoIsAMember) {
  const ListConfig config = config_with("open+confirm");
  EXPECT_EQ(decide_membership(config, {kJoin, true, false, Proof::none}), MembershipAnswer::say_nothing);
  EXPECT_EQ(decide_membership(config, {kLeave, false, false, Proof::none}), MembershipAnswer::say_nothing);
  EXPECT_EQ(decide_membership(config, {kJoin, true, true, Proof::none}), MembershipAnswer::already_there);
  EXPECT_EQ(decide_membership(config, {kLeave, false, true, Proof::none}), MembershipAnswer::not_there);
}

TEST(Membership, APostPasswordIsNoOwnerPassword) {
  const ListConfig config = config_with("closed");
  EXPECT_EQ(decide_membership(config, {kJoin, false, false, Proof::post_password}), MembershipAnswer::ask_owner);
}

// Whatever it can show; and who asks about others learns nothing. Who is a member already may leave.
TEST(Membership, WhoIsBannedDoesNotJoin) {
  for (const char* policy : {"open", "closed", "open+confirm"}) {
    const auto join = [&](bool self, Proof proof) {
      return decide_membership(config_with(policy), {kJoin, false, self, proof, true});
    };
    for (const Proof proof : {Proof::none, Proof::address_token, Proof::list_password, Proof::administrator}) {
      EXPECT_EQ(join(true, proof), MembershipAnswer::banned) << policy;
    }
    EXPECT_EQ(join(false, Proof::list_password), MembershipAnswer::banned);
    EXPECT_EQ(join(false, Proof::none), MembershipAnswer::say_nothing);
    EXPECT_EQ(decide_membership(config_with(policy), {kLeave, true, true, Proof::address_token, true}),
              MembershipAnswer::done);
  }
}

}  // namespace
}  // namespace majlis::lists
