#include "lists/members/challenges.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "auth/secret_file.h"
#include "lists/effects/work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using Outcomes = std::vector<ChallengeOutcome>;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;
constexpr auto kSent = ChallengeOutcome::sent;
constexpr auto kJustSent = ChallengeOutcome::just_sent;
constexpr auto kTooMany = ChallengeOutcome::too_many;

struct Asked {
  std::string verb;
  std::string address;
  std::string requester = "";
  UnixTime now = kNow;
  std::string network = "";
};

class Challenges : public ScratchList {
 protected:
  Challenges() { make_list("cooks", "owner = olga@example.org\nchallenges_per_day = 3\n"); }

  template <typename Function>
  void work_at(UnixTime now, Function function) {
    const std::string name = auth::fingerprint({std::to_string(++works_)}).substr(0, 16);
    Work work = Work::begin(*site_, name, now).value();
    function(work);
    EXPECT_TRUE(work.finish("test").ok());
  }
  static Challenge challenge_of(const List& cooks, const Asked& asked) {
    const std::string& requester = asked.requester.empty() ? asked.address : asked.requester;
    return {{asked.verb, ""},
            *mail::Address::parse(asked.address),
            *mail::Address::parse(requester),
            asked.network,
            answer_place_of(cooks)};
  }
  template <typename Function>
  ChallengeOutcome ask_by(Function function, const Asked& asked) {
    ChallengeOutcome outcome = kSent;
    work_at(asked.now, [&](Work& work) {
      const List cooks = list("cooks");
      outcome = function(work, cooks, challenge_of(cooks, asked)).value();
    });
    return outcome;
  }
  ChallengeOutcome ask(const Asked& asked) { return ask_by(send_challenge, asked); }
  ChallengeOutcome feign(const Asked& asked) { return ask_by(feign_challenge, asked); }

  // Of the letters to `address`, in no order.
  std::vector<std::string> tokens_for(const std::string& address) const {
    std::vector<std::string> tokens;
    for (const std::string& job : jobs()) {
      std::smatch found;
      if (job.find(address) != std::string::npos && std::regex_search(job, found, std::regex("auth (\\S+) "))) {
        tokens.push_back(found[1]);
      }
    }
    return tokens;
  }
  std::size_t warnings(const std::string& words = "requests to join were turned away") const {
    const std::vector<std::string> all = jobs();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const std::string& job) { return job.find(words) != std::string::npos; }));
  }

 private:
  unsigned works_ = 0;
};

TEST_F(Challenges, ALostLetterIsSentAgainWithItsTokenAfterAFewMinutes) {
  EXPECT_EQ(ask({"subscribe", "ann@example.com"}), kSent);
  EXPECT_EQ(ask({"subscribe", "ann@example.com", "", kNow + kChallengeGap - 1}), kJustSent);
  EXPECT_EQ(ask({"subscribe", "ann@example.com", "", kNow + kChallengeGap}), kSent);
  const std::vector<std::string> tokens = tokens_for("ann@example.com");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0], tokens[1]);
}

TEST_F(Challenges, WhatHasComeAboutIsAskedAnew) {
  EXPECT_EQ(ask({"subscribe", "ann@example.com"}), kSent);
  work_at(kNow + 60, [&](Work& work) {
    ASSERT_TRUE(
        forget_challenge(work, list("cooks"), {"subscribe", ""}, *mail::Address::parse("ann@example.com")).ok());
  });
  EXPECT_EQ(ask({"subscribe", "ann@example.com", "", kNow + 61}), kSent);
}

TEST_F(Challenges, LeavingHasNoPartInWhatStrangersUseUp) {
  for (const char* stranger : {"a@example.com", "b@example.com", "c@example.com"}) {
    EXPECT_EQ(ask({"subscribe", stranger}), kSent);
  }
  EXPECT_EQ(ask({"subscribe", "d@example.com"}), kTooMany);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask({"unsubscribe", "member" + std::to_string(i) + "@example.com"}), kSent);
  EXPECT_EQ(ask({"subscribe", "d@example.com", "", kNow + kDay}), kSent);
}

TEST_F(Challenges, LeavingHasAShareOfItsOwnWhereOneAddressIsBombed) {
  make_list("cooks", "challenges_per_day = 1000\n");
  const auto most = static_cast<int>(site_->config().challenges_per_day);
  for (int i = 0; i < most; ++i)
    EXPECT_EQ(ask({"subscribe", "victim@example.com", "", kNow + i * kChallengeGap}), kSent);
  EXPECT_EQ(ask({"subscribe", "victim+1@example.com", "", kNow + 20'000}), kTooMany);
  EXPECT_EQ(ask({"unsubscribe", "victim@example.com", "", kNow + 20'000}), kSent);
}

// Fourteen lines of one stranger, say, that would set something of the member's.
TEST_F(Challenges, LeavingHasNoPartInWhatChangesOfOptionsUseUp) {
  const auto most = static_cast<int>(site_->config().challenges_per_day);
  const std::string victim = "victim@example.com";
  for (int i = 0; i < most; ++i) EXPECT_EQ(ask({"set", victim, "eve@example.org", kNow + i * kChallengeGap}), kSent);
  EXPECT_EQ(ask({"set", victim, "", kNow + 20'000}), kTooMany);
  EXPECT_EQ(ask({"unsubscribe", victim, "", kNow + 20'000}), kSent);
}

TEST_F(Challenges, OwnersHearOnceADayThatNobodyCanJoin) {
  for (int i = 0; i < 10; ++i) ask({"subscribe", "a" + std::to_string(i) + "@example.com"});
  EXPECT_EQ(warnings(), 1U);
  for (int i = 0; i < 10; ++i) ask({"subscribe", "b" + std::to_string(i) + "@example.com", "", kNow + kDay});
  EXPECT_EQ(warnings(), 2U);
}

TEST_F(Challenges, OneNetworkCausesHalfOfThemAtMost) {
  const auto from = [](const std::string& address, const std::string& network) {
    return Asked{.verb = "subscribe", .address = address, .network = network};
  };
  EXPECT_EQ(ask(from("a@example.com", "192.0.2.0/24")), kSent);
  EXPECT_EQ(ask(from("b@example.com", "192.0.2.0/24")), kSent);
  EXPECT_EQ(ask(from("c@example.com", "192.0.2.0/24")), kTooMany);
  EXPECT_EQ(ask(from("d@example.com", "192.0.2.0/24")), kTooMany);
  EXPECT_EQ(warnings("from one network were turned away"), 1U);
  EXPECT_EQ(warnings("the network 192.0.2.0/24"), 1U);
  Asked leaving = from("member@example.com", "192.0.2.0/24");
  leaving.verb = "unsubscribe";
  EXPECT_EQ(ask(leaving), kSent);
  EXPECT_EQ(ask(from("c@example.com", "198.51.100.0/24")), kSent);
  EXPECT_EQ(warnings(), 0U);
}

TEST_F(Challenges, OneRequesterCausesOnlySoManyAboutOthers) {
  for (std::uint32_t i = 0; i < kChallengesOfOneRequester; ++i) {
    EXPECT_EQ(
        ask({"unsubscribe", "m" + std::to_string(i) + "@example.com", "eve+" + std::to_string(i) + "@example.org"}),
        kSent);
  }
  EXPECT_EQ(ask({"unsubscribe", "last@example.com", "eve@example.org"}), kTooMany);
  EXPECT_EQ(ask({"unsubscribe", "last@example.com"}), kSent);
  EXPECT_EQ(ask({"unsubscribe", "eve@example.org"}), kSent);
}

// Who asks again and again must not learn from the answers who is a member.
TEST_F(Challenges, FeignedOnesAreAnsweredAlikeAndMailNothing) {
  const std::vector<UnixTime> times = {kNow, kNow + 1, kNow + 600, kNow + 1200, kNow + 1800, kNow + 2400};
  for (const char* verb : {"subscribe", "unsubscribe"}) {
    Outcomes real;
    Outcomes feigned;
    for (const UnixTime now : times) real.push_back(ask({verb, "real@example.com", "eve@example.org", now}));
    const std::size_t before = jobs().size();
    for (const UnixTime now : times) {
      feigned.push_back(feign({verb, "other@example.com", "mallory@example.org", now + 3 * kDay}));
    }
    EXPECT_EQ(feigned, real) << verb;
    EXPECT_EQ(tokens_for("other@example.com").size(), 0U);
    EXPECT_LE(jobs().size(), before + 1) << "only the owner may hear";
  }
}

}  // namespace
}  // namespace majlis::lists
