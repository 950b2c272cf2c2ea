#include "lists/members/ask_owner.h"

#include <gmock/gmock.h>

#include "auth/secret_file.h"
#include "lists/effects/moderation_word.h"
#include "lists/members/request_decision.h"
#include "lists/pending/settle.h"
#include "lists/pending/waiting.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;
using Confirmed = MembershipRequest::Confirmed;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;
const tongues::Dialect& kTongue = tongues::dialect_named("majordomo");

class Requests : public ScratchList {
 protected:
  Requests() { make_list("cooks", "subscribe_policy = closed\nmoderators << END\nmona@example.org\nEND\n"); }

  static mail::Address address_of(const std::string& text) { return *mail::Address::parse(text); }

  // One piece of work, whose name is made of what it does and when.
  template <typename Function>
  auto work_at(UnixTime now, const std::string& name, Function function) {
    Work work = Work::begin(*site_, auth::fingerprint({name, std::to_string(now)}).substr(0, 16), now).value();
    auto result = function(work);
    EXPECT_TRUE(work.finish("test").ok());
    return result;
  }
  RequestOutcome ask(const std::string& who, UnixTime now = kNow, Confirmed confirmed = Confirmed::no) {
    return work_at(now, who, [&](Work& work) {
      const MembershipRequest request{MembershipChange::join, {"Ann Lee", address_of(who)}, confirmed};
      return ask_owner(work, list("cooks"), request, address_of("eve@example.com"), kTongue).value();
    });
  }
  RequestOutcome ask_by(const std::string& requester, const std::string& who,
                        MembershipChange change = MembershipChange::join) {
    ++asked_;
    return work_at(kNow + asked_, "asked", [&](Work& work) {
      const MembershipRequest request{change, {"", address_of(who)}, Confirmed::no};
      return ask_owner(work, list("cooks"), request, address_of(requester), kTongue).value();
    });
  }
  std::size_t letters_about(const std::string& words) const {
    std::size_t count = 0;
    for (const std::string& job : jobs()) count += job.find(words) == std::string::npos ? 0 : 1;
    return count;
  }
  Status settle(const std::string& id, Settlement settlement, const std::string& reason, UnixTime now = kNow + 1) {
    return work_at(now, id, [&](Work& work) {
      return settle_pending(work, list("cooks"), id, {settlement, std::string(reason)});
    });
  }
  std::vector<Waiting> waiting() const { return waiting_page(*site_, kCooks, nullptr).value(); }
  bool is_member(const std::string& who) const {
    return reader()->find_member(kCooks, address_of(who)).value().has_value();
  }
  UnixTime asked_ = 0;
};

TEST_F(Requests, AreKeptWithWhatIsKnownOfThem) {
  EXPECT_EQ(ask("Ann@example.com", kNow, Confirmed::yes), RequestOutcome::passed_on);
  const std::vector<Waiting> all = waiting();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].item.kind + all[0].item.address, "joinann@example.com");
  EXPECT_EQ(all[0].item.asked_by, "eve@example.com");
  EXPECT_EQ(all[0].item.tongue, "majordomo");
  EXPECT_EQ(all[0].item.expires, kNow + 14 * kDay);
  EXPECT_EQ(all[0].description.subject, "subscribe Ann@example.com");
  EXPECT_EQ(all[0].description.rule, "subscribe_policy");
  EXPECT_EQ(in_english(all[0].description.reasons), "confirmed by the address");
  EXPECT_TRUE(reader()->find_due_item(kHoldExpiry, kCooks, all[0].item.id).value());
  EXPECT_TRUE(reader()->find_due_item(kHoldSummary, kCooks, "").value());
}

TEST_F(Requests, AskedTwiceAreOneItemAndOneLetter) {
  EXPECT_EQ(ask("ann@example.com"), RequestOutcome::passed_on);
  EXPECT_EQ(ask("ANN@example.com", kNow + 3 * kDay, Confirmed::yes), RequestOutcome::waits_already);
  EXPECT_EQ(waiting().size(), 1U);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Requests, OfOneRequesterAreLimitedInADay) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask("a" + std::to_string(i) + "@example.com"), RequestOutcome::passed_on);
  EXPECT_EQ(ask("last@example.com"), RequestOutcome::asked_today);
  EXPECT_EQ(ask_by("eve+1@example.com", "last@example.com"), RequestOutcome::asked_today);
  EXPECT_EQ(ask_by("bob@example.com", "last@example.com"), RequestOutcome::passed_on)
      << "what was turned away took nothing from the address concerned";
  EXPECT_EQ(ask("other@example.com", kNow + kDay), RequestOutcome::passed_on);
}

TEST_F(Requests, OfOthersTakeNothingFromWhoAsksForThemselves) {
  EXPECT_EQ(ask_by("eve@example.com", "ann@example.com"), RequestOutcome::passed_on);
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::reject, "").ok());
  EXPECT_EQ(ask_by("bob@example.com", "ann+1@example.com"), RequestOutcome::asked_today);
  EXPECT_EQ(ask_by("ann@example.com", "ann@example.com"), RequestOutcome::passed_on);
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::discard, "").ok());
  EXPECT_EQ(ask_by("ann@example.com", "ann@example.com"), RequestOutcome::asked_today);
  EXPECT_EQ(ask_by("ann+2@example.com", "ann+2@example.com"), RequestOutcome::asked_today) << "it is one mailbox";
}

TEST_F(Requests, BeyondTheListsShareOfADayAreToldToItsModeratorsOnce) {
  make_list("cooks", "subscribe_policy = closed\nchallenges_per_day = 2\nmoderators << END\nmona@example.org\nEND\n");
  for (const char* who : {"a@example.com", "b@example.com"}) EXPECT_EQ(ask_by(who, who), RequestOutcome::passed_on);
  for (const char* who : {"c@example.com", "d@example.com"}) EXPECT_EQ(ask_by(who, who), RequestOutcome::too_many);
  EXPECT_EQ(letters_about("Subject: cooks: requests were turned away"), 1U);
  EXPECT_EQ(letters_about("a day\r\ncame in: 2 (its setting challenges_per_day)"), 1U);
  EXPECT_EQ(waiting().size(), 2U);
  EXPECT_EQ(ask_by("e@example.com", "e@example.com", MembershipChange::leave), RequestOutcome::passed_on)
      << "who would leave shares nothing with who would join";
}

TEST_F(Requests, DoNotPileUpWithoutEnd) {
  work_at(kNow, "fill", [&](Work& work) {
    for (std::size_t i = 0; i < kMaxWaitingRequests; ++i) {
      const mail::Address who = address_of("a" + std::to_string(i) + "@example.com");
      const MembershipRequest request{MembershipChange::join, {"", who}, Confirmed::yes};
      EXPECT_EQ(ask_owner(work, list("cooks"), request, who, kTongue).value(), RequestOutcome::passed_on);
    }
    return 0;
  });
  const std::size_t letters = jobs().size();
  EXPECT_EQ(ask("b@example.com", kNow, Confirmed::yes), RequestOutcome::too_many);
  EXPECT_EQ(ask("c@example.com", kNow, Confirmed::yes), RequestOutcome::too_many);
  EXPECT_EQ(ask("a7@example.com", kNow, Confirmed::yes), RequestOutcome::waits_already);
  EXPECT_EQ(waiting().size(), kMaxWaitingRequests);
  EXPECT_EQ(jobs().size(), letters + 1) << "the owner hears of it, once";
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::discard, "").ok());
  EXPECT_EQ(ask("b@example.com", kNow, Confirmed::yes), RequestOutcome::passed_on);
}

TEST_F(Requests, ThatWereGrantedMakeAMember) {
  ask("Ann@example.com");
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::approve, "").ok());
  EXPECT_TRUE(is_member("ann@example.com"));
  EXPECT_TRUE(waiting().empty());
  EXPECT_FALSE(reader()->find_pending_about(kCooks, kPendingJoin, "ann@example.com").value());
}

TEST_F(Requests, ThatWereRefusedTellTheAddressWhyAndNoSecret) {
  ask("ann@example.com");
  const std::string id = waiting().front().item.id;
  ASSERT_TRUE(settle(id, Settlement::reject, "full house").ok());
  EXPECT_FALSE(is_member("ann@example.com"));
  const std::vector<std::string> letters = jobs();
  ASSERT_EQ(letters.size(), 2U);
  const std::string& letter = letters[0].find("full house") == std::string::npos ? letters[1] : letters[0];
  EXPECT_THAT(letter, HasSubstr("to ann@example.com"));
  EXPECT_THAT(letter, HasSubstr("Why: full house"));
  EXPECT_THAT(letter, Not(HasSubstr(id)));
  EXPECT_EQ(settle(id, Settlement::approve, "", kNow + 2).error().kind, ErrorKind::refused);
}

TEST_F(Requests, MadeAgainAreOthersForWhichFormerWordsAreWrong) {
  ask("ann@example.com");
  const store::PendingItem former = waiting().front().item;
  const std::string word = moderation_word(*site_, former);
  EXPECT_EQ(check_moderation_word(*site_, kCooks, word, kNow), former.id);
  ASSERT_TRUE(settle(former.id, Settlement::discard, "").ok());
  EXPECT_EQ(ask("ann@example.com", kNow + kDay), RequestOutcome::passed_on);
  EXPECT_NE(waiting().front().item.id, former.id);
  EXPECT_EQ(settle(former.id, Settlement::approve, "", kNow + kDay).error().kind, ErrorKind::refused);
  EXPECT_FALSE(is_member("ann@example.com"));
}

TEST_F(Requests, OfAMemberHaveComeAbout) {
  ask("ann@example.com");
  work_at(kNow, "join", [&](Work& work) {
    EXPECT_TRUE(change_member(work, list("cooks"), MembershipChange::join, {"", address_of("Ann@example.com")}).ok());
    return 0;
  });
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Requests, ToJoinAreNotMeantAnyMoreByWhoLeft) {
  ask("ann@example.com");
  {
    auto state = writer();
    const store::Member added{address_of("ann@example.com"), "", 0, kNow, 0};
    ASSERT_TRUE(state->add_member(kCooks, added).value());
    ASSERT_TRUE(state->commit().ok());
  }
  work_at(kNow, "leave", [&](Work& work) {
    EXPECT_TRUE(change_member(work, list("cooks"), MembershipChange::leave, {"", address_of("ann@example.com")}).ok());
    return 0;
  });
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Requests, ToLeaveAreDecidedLikewise) {
  work_at(kNow, "join", [&](Work& work) {
    EXPECT_TRUE(change_member(work, list("cooks"), MembershipChange::join, {"", address_of("ann@example.com")}).ok());
    const MembershipRequest request{MembershipChange::leave, {"", address_of("ann@example.com")}, Confirmed::no};
    EXPECT_EQ(ask_owner(work, list("cooks"), request, address_of("ann@example.com"), kTongue).value(),
              RequestOutcome::passed_on);
    return 0;
  });
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting().front().item.kind, kPendingLeave);
  EXPECT_EQ(waiting().front().description.rule, "unsubscribe_policy");
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::approve, "").ok());
  EXPECT_FALSE(is_member("ann@example.com"));
}

TEST_F(Requests, TellTheOwnerWhetherTheAddressConfirmedThem) {
  const char* const kConfirmed = "The address has confirmed the request itself.";
  ask("ann@example.com", kNow, Confirmed::yes);
  EXPECT_THAT(jobs().front(), HasSubstr(kConfirmed));
  ASSERT_TRUE(settle(waiting().front().item.id, Settlement::approve, "").ok());
  std::filesystem::remove_all(site_->directory() + "/spool/new");
  ASSERT_TRUE(make_directory(site_->directory() + "/spool/new", 0700).ok());
  ask("bob@example.com");
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), Not(HasSubstr(kConfirmed)));
}

TEST_F(Requests, ThatWereGrantedDropTheNameWhereTheListStripsThem) {
  for (const bool strips : {true, false}) {
    make_list("cooks", std::string("subscribe_policy = closed\nowner = olga@example.com\nstrip = ") +
                           (strips ? "yes\n" : "no\n"));
    const std::string who = strips ? "ann@example.com" : "bob@example.com";
    ask(who);
    ASSERT_TRUE(settle(waiting().front().item.id, Settlement::approve, "").ok());
    EXPECT_EQ(reader()->find_member(kCooks, address_of(who)).value()->display, strips ? "" : "Ann Lee");
  }
}

TEST_F(Requests, OfAMemberAreNotDecidedAnyMore) {
  ask("ann@example.com");
  const std::string id = waiting().front().item.id;
  {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {address_of("ann@example.com"), "", 0, kNow, 0}).value());
    ASSERT_TRUE(state->commit().ok());
  }
  const std::size_t letters = jobs().size();
  ASSERT_TRUE(settle(id, Settlement::reject, "full house").ok());
  EXPECT_EQ(jobs().size(), letters) << "nobody is told of a refusal";
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Requests, ThatWereRefusedTellNoSecretWhateverTheSitesTextAsksFor) {
  ASSERT_TRUE(make_directories(site_->directory() + "/texts/en", 0700).ok());
  ASSERT_TRUE(
      replace_file(site_->directory() + "/texts/en/rejected_request.txt", "Subject: no\n\n${reason}: ${token}\n", 0600)
          .ok());
  ask("ann@example.com");
  const std::string id = waiting().front().item.id;
  ASSERT_TRUE(settle(id, Settlement::reject, "full house").ok());
  std::size_t letters = 0;
  for (const std::string& job : jobs()) {
    if (job.find("full house") == std::string::npos) continue;
    ++letters;
    EXPECT_THAT(job, Not(HasSubstr(id + ".")));
  }
  EXPECT_EQ(letters, 1U);
}

TEST_F(Requests, ToLeaveHaveComeAboutWhenTheMemberLeft) {
  work_at(kNow, "ask", [&](Work& work) {
    EXPECT_TRUE(change_member(work, list("cooks"), MembershipChange::join, {"", address_of("ann@example.com")}).ok());
    const MembershipRequest request{MembershipChange::leave, {"", address_of("ann@example.com")}, Confirmed::no};
    return ask_owner(work, list("cooks"), request, address_of("ann@example.com"), kTongue).value();
  });
  ASSERT_EQ(waiting().size(), 1U);
  work_at(kNow, "leave", [&](Work& work) {
    EXPECT_TRUE(change_member(work, list("cooks"), MembershipChange::leave, {"", address_of("ann@example.com")}).ok());
    return 0;
  });
  EXPECT_TRUE(waiting().empty());
}

}  // namespace
}  // namespace majlis::lists
