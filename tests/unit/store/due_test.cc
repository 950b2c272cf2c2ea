#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

class Due : public ScratchSite {};

DueItem item(const std::string& kind, const std::string& list, const std::string& id, UnixTime due) {
  DueItem made;
  made.kind = kind;
  made.list = list;
  made.id = id;
  made.due = due;
  return made;
}

std::vector<std::string> ids(const std::vector<DueItem>& items) {
  std::vector<std::string> found;
  for (const DueItem& one : items) found.push_back(one.id);
  return found;
}

TEST_F(Due, ItemsOfAKindComeInTheOrderOfTheirTimes) {
  auto state = writer();
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "third", 30), 1).ok());
  ASSERT_TRUE(state->schedule(item("probe", kBakers, "first", -5), 1).ok());
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "second", 20), 1).ok());
  ASSERT_TRUE(state->schedule(item("other", kCooks, "foreign", 1), 1).ok());
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(ids(got(state->due_items("probe", 29, 10))), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(ids(got(state->due_items("probe", 30, 10))), (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_EQ(ids(got(state->due_items("probe", 30, 1))), (std::vector<std::string>{"first"}));
  EXPECT_TRUE(got(state->due_items("prob", 30, 10)).empty());
}

TEST_F(Due, ScheduledAgainMovesAndTakesTheNewValue) {
  auto state = writer();
  DueItem one = item("digest", kCooks, "", 10);
  one.value = "old";
  ASSERT_TRUE(state->schedule(one, 1).ok());
  const std::uint64_t serial = got(state->find_due_item("digest", kCooks, ""))->serial;
  one.due = 50;
  one.value = "new";
  one.tries = 3;
  ASSERT_TRUE(state->schedule(one, 2).ok());
  EXPECT_TRUE(got(state->due_items("digest", 49, 10)).empty());
  const std::vector<DueItem> due = got(state->due_items("digest", 50, 10));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].list, kCooks);
  EXPECT_EQ(due[0].value, "new");
  EXPECT_EQ(due[0].tries, 3U);
  EXPECT_EQ(due[0].scheduled, 2);
  EXPECT_GT(due[0].serial, serial);
}

TEST_F(Due, MovedStaysTheSameItem) {
  auto state = writer();
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "a", 10), 1).ok());
  DueItem one = *got(state->find_due_item("probe", kCooks, "a"));
  one.due = 70;
  one.tries = 1;
  EXPECT_TRUE(got(state->move_item(one, 5)));
  EXPECT_TRUE(got(state->due_items("probe", 69, 10)).empty());
  const std::vector<DueItem> due = got(state->due_items("probe", 70, 10));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].serial, one.serial);
  EXPECT_EQ(due[0].tries, 1U);
  EXPECT_EQ(due[0].scheduled, 5);
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "a", 80), 1).ok());
  EXPECT_FALSE(got(state->move_item(one, 6)));
  got(state->unschedule("probe", kCooks, "a"));
  EXPECT_FALSE(got(state->move_item(one, 7)));
  EXPECT_TRUE(got(state->due_items("probe", 100, 10)).empty());
}

TEST_F(Due, UnscheduledIsGoneAndItsSerialIsNeverGivenAgain) {
  auto state = writer();
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "a", 10), 1).ok());
  const std::uint64_t serial = got(state->find_due_item("probe", kCooks, "a"))->serial;
  EXPECT_TRUE(got(state->unschedule("probe", kCooks, "a")));
  EXPECT_FALSE(got(state->unschedule("probe", kCooks, "a")));
  EXPECT_FALSE(got(state->find_due_item("probe", kCooks, "a")).has_value());
  EXPECT_TRUE(got(state->due_items("probe", 100, 10)).empty());
  ASSERT_TRUE(state->schedule(item("probe", kCooks, "a", 10), 1).ok());
  EXPECT_GT(got(state->find_due_item("probe", kCooks, "a"))->serial, serial);
}

TEST_F(Due, ItemsGoWithTheirList) {
  auto state = writer();
  for (int i = 0; i < 2'500; ++i) {
    ASSERT_TRUE(state->schedule(item("probe", kCooks, std::to_string(i), i), 1).ok());
  }
  ASSERT_TRUE(state->schedule(item("probe", kBakers, "stays", 1), 1).ok());
  ASSERT_TRUE(state->remove_list(kCooks).ok());
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(ids(got(state->due_items("probe", 10'000, 10'000))), std::vector<std::string>{"stays"});
  EXPECT_EQ(ids(got(state->scheduled_items(nullptr, 10))), std::vector<std::string>{"stays"});
}

TEST_F(Due, AreWalkedInPages) {
  auto state = writer();
  for (const char* id : {"a", "b", "c"}) ASSERT_TRUE(state->schedule(item("probe", kCooks, id, 10), 1).ok());
  const std::vector<DueItem> page = got(state->scheduled_items(nullptr, 2));
  EXPECT_EQ(ids(page), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(ids(got(state->scheduled_items(&page.back(), 2))), std::vector<std::string>{"c"});
}

TEST_F(Due, RefuseAValueThatIsTooLarge) {
  auto state = writer();
  DueItem one = item("probe", kCooks, "a", 10);
  one.value.assign(kMaxDueValueOctets + 1, 'x');
  const Status refused = state->schedule(one, 1);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
}

TEST_F(Due, FactsAreNumbersByName) {
  auto state = writer();
  EXPECT_EQ(got(state->fact("clock_seen")), 0U);
  ASSERT_TRUE(state->set_fact("clock_seen", 42).ok());
  ASSERT_TRUE(state->commit().ok());
  EXPECT_EQ(got(state->fact("clock_seen")), 42U);
  EXPECT_EQ(got(state->fact("other")), 0U);
}

}  // namespace
}  // namespace majlis::store
