#include "lists/members/index_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "lists/members/roster_change.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;
constexpr std::size_t kMany = kMaxMembersPerImport + 1;

class IndexAheadTest : public ScratchList {
 protected:
  IndexAheadTest() { make_list("cooks", "strip = no\n"); }

  static mail::Address numbered(std::size_t number) {
    char text[64];
    std::snprintf(text, sizeof text, "user%06zu@example.org", number);
    return *mail::Address::parse(text);
  }
  Result<IndexAhead> ahead_of(std::size_t count) const {
    std::vector<std::string> places;
    for (std::size_t i = 0; i < count; ++i) places.push_back(roster_order(numbered(i)));
    return IndexAhead::write(*site_, kCooks,
                             {.count = count,
                              .place = [&](std::size_t at) -> std::string_view { return places[at]; },
                              .canonical = [](std::size_t at) { return numbered(at).canonical(); }});
  }
  std::size_t found_by_reference(std::size_t number) const {
    auto state = site_->open_reader().value();
    const auth::MemberReference reference = state->references().value().of(numbered(number));
    return state->members_by_reference(kCooks, auth::ReferenceKind::keyed, reference, 2).value().size();
  }
  bool is_ahead(IndexAhead& ahead) const {
    return ahead.rows(*site_->open_reader().value()).value() == store::ReferenceRows::ahead;
  }
};

TEST_F(IndexAheadTest, HoldsForAsLongAsOnlyTheImportChangesTheRoster) {
  IndexAhead ahead = ahead_of(kMany).value();
  ASSERT_TRUE(is_ahead(ahead));
  for (std::size_t i = 0; i < 3; ++i) {
    ASSERT_EQ(import_members(*site_, list("cooks"), {{"", numbered(i)}}, {}, kNow, ahead).value().size(), 1U);
    EXPECT_TRUE(is_ahead(ahead));
    EXPECT_EQ(found_by_reference(i), 1U);
  }
  EXPECT_EQ(found_by_reference(3), 0U) << "has not come yet";
}

// Somebody joined by mail and left again: their row went as well.
TEST_F(IndexAheadTest, IsDoneWithoutOnceAnybodyElseCameOrWent) {
  IndexAhead ahead = ahead_of(kMany).value();
  ASSERT_TRUE(add_members(*site_, list("cooks"), {{"", numbered(7)}}, kNow).ok());
  ASSERT_TRUE(remove_members(*site_, list("cooks"), {{"", numbered(7)}}, kNow).ok());
  for (const std::size_t number : {std::size_t{6}, std::size_t{7}}) {
    ASSERT_TRUE(import_members(*site_, list("cooks"), {{"", numbered(number)}}, {}, kNow, ahead).ok());
    EXPECT_FALSE(is_ahead(ahead));
    EXPECT_EQ(found_by_reference(number), 1U) << number;
  }
}

TEST_F(IndexAheadTest, IsNothingWhereTheListHasAsManyMembers) {
  IndexAhead ahead = ahead_of(kMany).value();
  for (std::size_t from = 0; from < kMany; from += kMaxMembersPerImport) {
    std::vector<mail::Mailbox> people;
    for (std::size_t i = from; i < std::min(kMany, from + kMaxMembersPerImport); ++i)
      people.push_back({"", numbered(i)});
    ASSERT_TRUE(import_members(*site_, list("cooks"), std::move(people), {}, kNow, ahead).ok());
  }
  IndexAhead again = ahead_of(kMany).value();
  EXPECT_FALSE(is_ahead(again));
  EXPECT_EQ(found_by_reference(kMany - 1), 1U);
}

TEST_F(IndexAheadTest, IsNothingForFewPeople) {
  IndexAhead ahead = ahead_of(2).value();
  EXPECT_FALSE(is_ahead(ahead));
  ASSERT_TRUE(import_members(*site_, list("cooks"), {{"", numbered(1)}}, {}, kNow, ahead).ok());
  EXPECT_EQ(found_by_reference(1), 1U);
}

}  // namespace
}  // namespace majlis::lists
