#include "lists/effects/pending.h"

#include <gmock/gmock.h>

#include "lists/pending/settle.h"
#include "lists/posts/held/held_post.h"
#include "lists/posts/held/moderation.h"
#include "lists/rounds/timed_work.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;

class Holds : public ScratchList {
 protected:
  Holds() { make_list("cooks", "moderators << END\nmona@example.org\nEND\n"); }

  // As a version without timed work kept it: a row and a file.
  void keep(const std::string& id, UnixTime held) const {
    const std::string folder = list("cooks").directory() + "/held";
    ASSERT_TRUE(make_directories(folder, 0700).ok());
    ASSERT_TRUE(replace_file(folder + "/" + id + ".eml", "Subject: x\n\n", 0600).ok());
    HeldPost post;
    post.subject = "Subject of " + id;
    post.message_id = "<" + id + "@x>";
    store::PendingItem item;
    item.list = kCooks;
    item.id = id;
    item.kind = kPendingPost;
    item.asked = held;
    item.expires = held + 14 * kDay;
    item.details = details_of(post);
    auto state = writer();
    ASSERT_TRUE(state->put_pending(item).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  void run(UnixTime now) const { do_timed_work(*site_, timed_work_table(), now, {}); }
  void schedule_old(UnixTime now) const {
    auto state = writer();
    ASSERT_TRUE(schedule_old_holds(*state, now).ok());
  }
  bool has_file(const std::string& id) const { return path_exists(list("cooks").directory() + "/held/" + id + ".eml"); }
};

TEST_F(Holds, ThatWereKeptBeforeAreGivenADayAndThenGo) {
  keep("old", kNow - 100 * kDay);
  keep("young", kNow - kDay);
  schedule_old(kNow);
  run(kNow);
  EXPECT_TRUE(has_file("old"));
  run(kNow + kDay);
  EXPECT_FALSE(has_file("old"));
  EXPECT_FALSE(reader()->find_pending(kCooks, "old").value());
  EXPECT_TRUE(has_file("young"));
  for (int day = 2; day <= 13; ++day) run(kNow + day * kDay);
  EXPECT_FALSE(has_file("young"));
}

TEST_F(Holds, OfFormerTimesAreScheduledOnce) {
  keep("a", kNow);
  schedule_old(kNow);
  keep("b", kNow);
  schedule_old(kNow);
  EXPECT_TRUE(reader()->find_due_item(kHoldExpiry, kCooks, "a").value());
  EXPECT_FALSE(reader()->find_due_item(kHoldExpiry, kCooks, "b").value());
}

TEST_F(Holds, StayWhileTheClockCannotBeBelieved) {
  keep("a", kNow);
  schedule_old(kNow);
  run(kNow);
  run(kNow + 3000 * kDay);
  EXPECT_TRUE(has_file("a"));
  run(kNow + 60);
  EXPECT_TRUE(has_file("a"));
  EXPECT_EQ(reader()->find_due_item(kHoldExpiry, kCooks, "a").value()->due, kNow + 14 * kDay);
}

TEST_F(Holds, AreSummedUpTheOldestFirstAndNotWithoutEnd) {
  for (int i = 0; i < 210; ++i) keep("id" + std::to_string(i), kNow - i);
  schedule_old(kNow);
  run(kNow + kDay);
  const std::vector<std::string> letters = jobs();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_THAT(letters[0], HasSubstr("to mona@example.org"));
  EXPECT_THAT(letters[0], HasSubstr("decision: 210"));
  EXPECT_LT(letters[0].find("Subject of id209"), letters[0].find("Subject of id208"));
  EXPECT_THAT(letters[0], HasSubstr("Subject of id10"));
  EXPECT_THAT(letters[0], Not(HasSubstr("Subject of id9\r")));
  EXPECT_EQ(reader()->find_due_item(kHoldSummary, kCooks, "").value()->due, kNow + 2 * kDay);
}

TEST_F(Holds, AreReadForApprovalWithoutTheLockAndByTheirIdOnly) {
  keep("a", kNow);
  const auto held = writer();
  const List cooks = list("cooks");
  SiteScanner scanner(*site_);
  SiteDns dns(site_->config());
  const CopyFacts facts(*site_, dns, kNow);
  EXPECT_TRUE(release_of_held(*site_, cooks, "a", scanner, facts).value());
  EXPECT_FALSE(release_of_held(*site_, cooks, "b", scanner, facts).value());
  EXPECT_FALSE(release_of_held(*site_, cooks, "../held/a", scanner, facts).value());
  EXPECT_TRUE(has_held_file(*site_, cooks, "a"));
  EXPECT_FALSE(has_held_file(*site_, cooks, "b"));
  EXPECT_FALSE(has_held_file(*site_, cooks, "../held/a"));
}

TEST_F(Holds, ThatHaveTheirAnswerEndTheReminders) {
  keep("a", kNow);
  schedule_old(kNow);
  {
    Work work = Work::begin(*site_, std::string(16, 'x'), kNow).value();
    ASSERT_TRUE(settle_pending(work, list("cooks"), "a", {Settlement::discard}).ok());
    ASSERT_TRUE(work.finish("discarded").ok());
  }
  EXPECT_FALSE(reader()->find_due_item(kHoldExpiry, kCooks, "a").value());
  run(kNow + kDay);
  EXPECT_TRUE(jobs().empty());
  EXPECT_FALSE(reader()->find_due_item(kHoldSummary, kCooks, "").value());
}

}  // namespace
}  // namespace majlis::lists
