#include "lists/rounds/timed_work.h"

#include "lists/rounds/timed_clock.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;

Status write_letter(Work& work, const List& list, const store::DueItem& item) {
  work.send({list.address(), "", {"ann@example.com"}, false, "<1@x>", "Subject: " + item.value + "\n\nx\n"});
  return {};
}
Status fail(Work& work, const List& list, const store::DueItem& item) {
  Status sent = write_letter(work, list, item);
  return sent ? Error{ErrorKind::damaged, "lists: this one cannot be done"} : sent;
}
Status again_tomorrow(Work& work, const List& list, const store::DueItem& item) {
  Status sent = write_letter(work, list, item);
  store::DueItem next = item;
  next.due = work.now() + kDay;
  return sent ? work.state().schedule(next, work.now()) : sent;
}

constexpr TimedWork kTable[] = {{"letter", write_letter, Harm::none},
                                {"failing", fail, Harm::none},
                                {"daily", again_tomorrow, Harm::none},
                                {"discarding", write_letter, Harm::discards},
                                {"removing", write_letter, Harm::ends_waiting}};

class TimedWorkRun : public ScratchList {
 protected:
  TimedWorkRun() { make_list("cooks", ""); }

  void owe(const std::string& kind, const std::string& id, UnixTime due, UnixTime now = kNow,
           const std::string& list = kCooks) const {
    store::DueItem item;
    item.kind = kind;
    item.list = list;
    item.id = id;
    item.due = due;
    item.value = kind + id;
    auto state = writer();
    ASSERT_TRUE(state->schedule(item, now).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  void run(UnixTime now, const TimedLimits& limits = {}) const { do_timed_work(*site_, kTable, now, limits); }
  std::optional<store::DueItem> item(const std::string& kind, const std::string& id) const {
    return reader()->find_due_item(kind, kCooks, id).value();
  }
};

TEST_F(TimedWorkRun, DoesWhatIsDueOnce) {
  owe("letter", "a", kNow);
  owe("letter", "later", kNow + 1);
  run(kNow);
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_FALSE(item("letter", "a"));
  EXPECT_TRUE(item("letter", "later"));
  run(kNow);
  EXPECT_EQ(jobs().size(), 1U);
  run(kNow + 1);
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(TimedWorkRun, AnItemThatFailsStopsNoOtherAndIsTriedLaterEachTime) {
  owe("failing", "a", kNow - 10);
  owe("failing", "b", kNow - 9);
  owe("daily", "c", kNow);
  run(kNow);
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(item("failing", "a")->due, kNow + 15 * 60);
  EXPECT_EQ(item("failing", "b")->tries, 1U);
  run(kNow + 60);
  EXPECT_EQ(item("failing", "a")->tries, 1U);
  run(kNow + 15 * 60);
  EXPECT_EQ(item("failing", "a")->due, kNow + 15 * 60 + 30 * 60);
}

TEST_F(TimedWorkRun, AnItemMayScheduleItselfAgain) {
  owe("daily", "", kNow);
  run(kNow);
  run(kNow + 60);
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_EQ(item("daily", "")->due, kNow + kDay);
  run(kNow + kDay);
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(TimedWorkRun, TheSameItemAtTheSameTimeIsAnotherPieceOfWork) {
  owe("letter", "a", kNow);
  run(kNow);
  owe("letter", "a", kNow);
  run(kNow);
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(TimedWorkRun, AnItemOfAListThatIsGoneIsDropped) {
  owe("letter", "a", kNow, kNow, "gone@lists.example.org");
  owe("letter", "b", kNow, kNow, "no list at all");
  run(kNow);
  EXPECT_TRUE(jobs().empty());
  EXPECT_TRUE(reader()->scheduled_items(nullptr, 10).value().empty());
}

TEST_F(TimedWorkRun, AListThatCannotBeReadKeepsItsItems) {
  owe("letter", "a", kNow);
  make_list("cooks", "subscribe_policy = sometimes\n");
  run(kNow);
  EXPECT_TRUE(jobs().empty());
  make_list("cooks", "");
  run(kNow + 15 * 60);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(TimedWorkRun, AKindThatIsNotInTheTableWaits) {
  owe("of another version", "a", kNow);
  run(kNow);
  EXPECT_TRUE(item("of another version", "a"));
}

TEST_F(TimedWorkRun, DoesNoMoreThanItsLimitsAllow) {
  for (const char* id : {"a", "b", "c"}) owe("letter", id, kNow);
  TimedLimits limits;
  limits.items = 2;
  run(kNow, limits);
  EXPECT_EQ(jobs().size(), 2U);
  owe("letter", "d", kNow);
  UnixTime clock = 0;
  limits.clock = [&] { return clock += 40; };
  run(kNow, limits);
  EXPECT_EQ(jobs().size(), 3U);
}

TEST_F(TimedWorkRun, AfterALeapOfTheClockNothingIsDiscardedForADay) {
  run(kNow);
  owe("discarding", "a", kNow + kDay);
  owe("letter", "b", kNow + kDay);
  const UnixTime leapt = kNow + 3000 * kDay;
  run(leapt);
  EXPECT_EQ(jobs().size(), 1U);
  run(leapt + kDay - 1);
  EXPECT_EQ(jobs().size(), 1U);
  run(leapt + kDay);
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(TimedWorkRun, WhoHasTimeToAnswerLosesNoneOfItByALeapOfTheClock) {
  run(kNow);
  owe("removing", "a", kNow + 7 * kDay, kNow);
  run(kNow + kDay);
  const UnixTime leapt = kNow + 61 * kDay;
  for (int again = 0; again < 2; ++again) {
    run(leapt + again);
    EXPECT_EQ(item("removing", "a")->due, leapt + 6 * kDay);
  }
  for (int day = 1; day < 6; ++day) run(leapt + day * kDay);
  EXPECT_TRUE(jobs().empty());
  run(leapt + 6 * kDay);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(TimedWorkRun, AClockThatIsWrongForDaysAndSetRightTakesNobodysTime) {
  for (const int wrong : {60, -60}) {
    const UnixTime now = kNow + 1000 * kDay + wrong * kDay;
    run(now);
    owe("removing", "a", now + 7 * kDay, now);
    for (int day = 0; day <= 3; ++day) run(now + wrong * kDay + day * kDay);  // wrong, and believed after a day
    run(now + 4 * kDay);
    const UnixTime due = item("removing", "a")->due;
    EXPECT_GE(due, now + 7 * kDay - 60) << wrong;
    EXPECT_LE(due, now + 12 * kDay) << wrong;
    run(due - 60);
    EXPECT_TRUE(jobs().empty()) << wrong;
    ASSERT_TRUE(reader()->find_due_item("removing", kCooks, "a").value().has_value());
    auto state = writer();
    ASSERT_TRUE(state->unschedule("removing", kCooks, "a").value());
    ASSERT_TRUE(state->commit().ok());
  }
}

TEST_F(TimedWorkRun, ItemsFollowAClockThatIsSetBack) {
  const UnixTime wrong = kNow + 3000 * kDay;
  run(wrong);
  owe("letter", "a", wrong + kDay, wrong);
  owe("letter", "b", kNow + 5, kNow);
  run(kNow);
  EXPECT_EQ(item("letter", "a")->due, kNow + kDay);
  EXPECT_EQ(item("letter", "b")->due, kNow + 5);
}

TEST(TimedClock, ASteadyClockIsSeldomWrittenDown) {
  const ClockSight seen{kNow, 0};
  EXPECT_EQ(judge_clock(seen, kNow + 60).sight, seen);
  EXPECT_EQ(judge_clock(seen, kNow - 60).sight, seen);
  EXPECT_EQ(judge_clock(seen, kNow + kHour).sight, (ClockSight{kNow + kHour, 0}));
  EXPECT_EQ(judge_clock({}, kNow).move, ClockMove::steady);
  EXPECT_EQ(judge_clock({}, kNow).sight, (ClockSight{kNow, 0}));
}

TEST(TimedClock, ADoubtEndsWhenTheClockIsMended) {
  const ClockFinding leapt = judge_clock({kNow, 0}, kNow + 100 * kDay);
  EXPECT_EQ(leapt.move, ClockMove::leapt);
  EXPECT_EQ(leapt.trust, ClockTrust::doubted);
  const ClockFinding mended = judge_clock(leapt.sight, kNow + 60);
  EXPECT_EQ(mended.move, ClockMove::set_back);
  EXPECT_EQ(mended.trust, ClockTrust::trusted);
  EXPECT_EQ(mended.sight, (ClockSight{kNow + 60, 0}));
}

}  // namespace
}  // namespace majlis::lists
