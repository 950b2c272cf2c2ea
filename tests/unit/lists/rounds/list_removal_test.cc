#include "lists/rounds/list_removal.h"

#include <gtest/gtest.h>

#include "auth/token.h"
#include "lists/effects/kept_request.h"
#include "lists/effects/list_change.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;

class ListRemoval : public ScratchList {
 protected:
  void SetUp() override { make_list("cooks", "owner = anna@example.org\n"); }
  std::string token() const {
    return auth::make_token(site_->keys().front(), {kCooks, "put", "anna@example.org", ""}, kNow + 100);
  }
  void keep(const std::string& list) {
    Work work = begin_change(*site_, kNow).value();
    ASSERT_TRUE(keep_request(work, token(), {list, "put", "", "", "anna@example.org"}, kNow + 100).ok());
    ASSERT_TRUE(work.finish("test").ok());
  }
  void damage(const std::string& id) {
    const auto state = writer();
    store::DueItem item;
    item.kind = kKeptRequest;
    item.id = id;
    item.due = kNow + 100;
    item.value = "no request";
    ASSERT_TRUE(state->schedule(item, kNow).ok());
    ASSERT_TRUE(state->commit().ok());
  }
};

TEST_F(ListRemoval, GoesOnBehindARequestThatCannotBeRead) {
  damage("00");
  keep(kCooks);
  const Result<std::size_t> unreadable = forget_list(*site_, *ListName::parse("cooks", kDomain));
  ASSERT_TRUE(unreadable.ok()) << unreadable.error().what;
  EXPECT_EQ(*unreadable, 1U);
  EXPECT_FALSE(find_kept_request(*site_, token()).value().has_value());
}

TEST_F(ListRemoval, LeavesWhatIsAboutOtherLists) {
  keep("soup@lists.example.org");
  EXPECT_EQ(forget_list(*site_, *ListName::parse("cooks", kDomain)).value(), 0U);
  EXPECT_TRUE(find_kept_request(*site_, token()).value().has_value());
}

}  // namespace
}  // namespace majlis::lists
