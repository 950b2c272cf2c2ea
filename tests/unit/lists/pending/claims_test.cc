#include "lists/pending/claims.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "auth/secret_file.h"
#include "base/text.h"
#include "lists/members/ask_owner.h"
#include "lists/pending/settle.h"
#include "lists/pending/summary.h"
#include "lists/posts/held/held_post.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;
constexpr const char* kMona = "mona@example.org";
constexpr const char* kMax = "max@example.org";

class Claims : public ScratchList {
 protected:
  Claims() {
    make_list("cooks", "subscribe_policy = closed\nmoderators << END\nmona@example.org\nmax@example.org\nEND\n");
  }

  void keep(const std::string& id, UnixTime expires = kNow + 14 * kDay) const {
    HeldPost post;
    post.subject = "soup for fifty";
    post.message_id = "<" + id + "@x>";
    post.reasons = {{ReasonId::moderated}};
    store::PendingItem item;
    item.list = kCooks;
    item.id = id;
    item.kind = kPendingPost;
    item.address = "ann@example.org";
    item.asked = kNow;
    item.expires = expires;
    item.details = details_of(post);
    auto state = writer();
    ASSERT_TRUE(state->put_pending(item).ok());
    ASSERT_TRUE(schedule_hold_summary(*state, kCooks, kNow).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  template <typename Function>
  auto work_at(UnixTime now, const std::string& name, Function function) const {
    Work work = Work::begin(*site_, auth::fingerprint({name, std::to_string(now)}).substr(0, 16), now).value();
    auto result = function(work);
    EXPECT_TRUE(work.finish("test").ok());
    return result;
  }
  std::string reminder(UnixTime now) const {
    const std::vector<std::string> before = jobs();
    do_timed_work(*site_, timed_work_table(), now, {});
    for (const std::string& job : jobs()) {
      if (std::find(before.begin(), before.end(), job) == before.end()) return job;
    }
    return {};
  }
  Result<Claim> try_claim(const std::string& id, const std::string& by, UnixTime now = kNow) const {
    return work_at(now, by + id, [&](Work& work) { return claim_pending(work, list("cooks"), id, by); });
  }
  Claim claim(const std::string& id, const std::string& by, UnixTime now = kNow) const {
    return try_claim(id, by, now).value();
  }
};

TEST_F(Claims, AReminderNamesNoneThatHasExpiredMeanwhile) {
  keep("a", kNow + 3 * kHour);
  keep("b");
  store::DueItem due;
  due.list = kCooks;
  const Status reminded =
      work_at(kNow + 2 * kDay, "reminder", [&](Work& work) { return remind_of_pending(work, list("cooks"), due); });
  EXPECT_TRUE(reminded.ok());
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), AllOf(HasSubstr("accept b."), Not(HasSubstr("accept a."))));
}

TEST_F(Claims, AreForFourHoursAndThenAnybodys) {
  keep("a");
  EXPECT_EQ(claim("a", kMona).until, kNow + 4 * kHour);
  const Claim others = claim("a", kMax, kNow + 4 * kHour - 1);
  EXPECT_EQ(others.by, kMona);
  EXPECT_EQ(others.until, kNow + 4 * kHour);
  EXPECT_EQ(claim("a", kMax, kNow + 4 * kHour).by, kMax);
  const store::PendingItem item = reader()->find_pending(kCooks, "a").value().value();
  EXPECT_TRUE(claim_of(item, kNow + 8 * kHour - 1));
  EXPECT_FALSE(claim_of(item, kNow + 8 * kHour));
}

TEST_F(Claims, BeginAnewForWhoHasIt) {
  keep("a");
  claim("a", kMona);
  EXPECT_EQ(claim("a", kMona, kNow + kHour).until, kNow + 5 * kHour);
}

TEST_F(Claims, EndWithTheWaiting) {
  keep("a", kNow + kHour);
  EXPECT_EQ(claim("a", kMona).until, kNow + kHour);
  EXPECT_EQ(try_claim("gone", kMona).error().kind, ErrorKind::refused);
}

TEST_F(Claims, TheOthersHearInTheThreadOfTheNotice) {
  keep("a");
  claim("a", kMona);
  ASSERT_EQ(jobs().size(), 1U);
  const std::string letter = jobs().front();
  EXPECT_THAT(letter, HasSubstr("\nTo: max@example.org\r\n"));
  EXPECT_THAT(letter, HasSubstr("\r\nSubject: Re: BOUNCE cooks@lists.example.org: "));
  EXPECT_THAT(letter, HasSubstr("\r\nIn-Reply-To: " + notice_message_id(list("cooks"), "a") + "\r\n"));
  EXPECT_THAT(letter, HasSubstr("mona@example.org has claimed this"));
  EXPECT_THAT(letter, HasSubstr("    soup for fifty\r\n"));
  claim("a", kMax);
  EXPECT_EQ(jobs().size(), 1U) << "nothing has changed";
}

TEST_F(Claims, KeepNobodyFromDeciding) {
  keep("a");
  claim("a", kMona);
  const Status settled = work_at(kNow + 1, "discard", [&](Work& work) {
    EXPECT_EQ(claim_of_another(work, list("cooks"), "a", kMax)->value().by, kMona);
    EXPECT_FALSE(claim_of_another(work, list("cooks"), "a", kMona).value());
    EXPECT_FALSE(claim_of_another(work, list("cooks"), "b", kMax).value());
    return settle_pending(work, list("cooks"), "a", {.settlement = Settlement::discard, .by = kMax});
  });
  EXPECT_TRUE(settled.ok());
  EXPECT_FALSE(reader()->find_pending(kCooks, "a").value());
}

// A reminder of one goes on with its thread; one of several does not.
TEST_F(Claims, StandInTheReminder) {
  keep("a");
  EXPECT_EQ(reminder(kNow), "");
  claim("a", kMona, kNow + kDay - kHour);
  const std::string first = reminder(kNow + kDay);
  EXPECT_THAT(first, HasSubstr("\r\nClaimed: by mona@example.org, until "));
  EXPECT_THAT(first, HasSubstr("\r\nReferences: " + notice_message_id(list("cooks"), "a") + "\r\n"));
  keep("b");
  const std::string second = reminder(kNow + 2 * kDay);
  EXPECT_THAT(second, HasSubstr("wait for a decision: 2"));
  EXPECT_THAT(second, Not(HasSubstr("Claimed:")));
  EXPECT_THAT(second, Not(HasSubstr("\r\nReferences:")));
}

TEST_F(Claims, AreOfRequestsAsWell) {
  const std::string id = work_at(kNow, "ask", [&](Work& work) {
    const MembershipRequest request{MembershipChange::join, {"", *mail::Address::parse("joe@example.com")}};
    const auto requester = *mail::Address::parse("joe@example.com");
    EXPECT_TRUE(ask_owner(work, list("cooks"), request, requester, tongues::dialect_named("majordomo")).ok());
    return work.state().pending_items(kCooks, 10)->front().id;
  });
  EXPECT_THAT(jobs().front(), HasSubstr("\r\nMessage-ID: " + notice_message_id(list("cooks"), id) + "\r\n"));
  claim(id, kMona);
  EXPECT_THAT(jobs(), Contains(HasSubstr("\r\nSubject: Re: APPROVE cooks")));
  EXPECT_THAT(jobs(), Contains(HasSubstr("    subscribe joe@example.com\r\n")));
  EXPECT_EQ(claim(id, kMax).by, kMona);
}

// Nothing but the place and the id is in it: whoever knows both learns no more.
TEST_F(Claims, TheThreadsNameIsMadeOfPlaceAndIdAlone) {
  make_list("bakers", "");
  const std::string one = notice_message_id(list("cooks"), "a");
  EXPECT_EQ(one, notice_message_id(list("cooks"), "a"));
  EXPECT_NE(one, notice_message_id(list("cooks"), "b"));
  EXPECT_NE(one, notice_message_id(list("bakers"), "a"));
  EXPECT_EQ(one, "<" + hex(auth::fingerprint({"notice", kCooks, "a"}).substr(0, 16)) + ".held@lists.example.org>");
}

}  // namespace
}  // namespace majlis::lists
