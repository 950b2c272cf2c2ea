#include <algorithm>
#include <vector>

#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

using auth::MemberReference;
using auth::ReferenceKind;
using Roster = ScratchSite;

TEST_F(Roster, KeepsAMemberWithEveryField) {
  Member joe = member("Joe@Example.ORG", 123);
  joe.display = "Joe";
  joe.flags = kMemberConcealed;
  {
    auto site = writer();
    EXPECT_TRUE(got(site->add_member(kCooks, joe)));
    ASSERT_TRUE(site->commit().ok());
  }
  const auto found = got(reader()->find_member(kCooks, address("joe@example.org")));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->address.text(), "Joe@example.org");
  EXPECT_EQ(found->display, "Joe");
  EXPECT_EQ(found->flags, kMemberConcealed);
  EXPECT_EQ(found->joined, 123);
  EXPECT_EQ(found->joined_at, 1U);
  EXPECT_FALSE(got(reader()->find_member(kBakers, address("joe@example.org"))).has_value());
}

TEST_F(Roster, LeavesTheFirstSpellingWhenAMemberIsAddedAgain) {
  auto site = writer();
  EXPECT_TRUE(got(site->add_member(kCooks, member("Joe@example.org"))));
  EXPECT_FALSE(got(site->add_member(kCooks, member("JOE@example.org", 9'999))));
  EXPECT_EQ(got(site->find_member(kCooks, address("joe@example.org")))->address.local(), "Joe");
  EXPECT_EQ(got(site->count_members(kCooks)), 1U);
  EXPECT_EQ(got(site->change_number()), 1U);
}

TEST_F(Roster, CountsWithinAndAcrossTransactions) {
  auto site = writer();
  for (int i = 0; i < 5; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
  EXPECT_EQ(got(site->count_members(kCooks)), 5U);
  ASSERT_TRUE(site->commit().ok());
  EXPECT_TRUE(got(site->remove_member(kCooks, numbered(2))));
  EXPECT_FALSE(got(site->remove_member(kCooks, numbered(2))));
  ASSERT_TRUE(site->commit().ok());
  site.reset();
  EXPECT_EQ(got(reader()->count_members(kCooks)), 4U);
  EXPECT_EQ(got(reader()->count_members(kBakers)), 0U);
  EXPECT_EQ(got(reader()->change_number()), 6U);
}

TEST_F(Roster, CountsThoseWhoGetDigests) {
  auto site = writer();
  Member ann = member("ann@example.org");
  ann.flags = kMemberDigestMime;
  got(site->add_member(kCooks, ann));
  got(site->add_member(kCooks, ann));
  got(site->add_member(kCooks, member("bob@example.org")));
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 1U);
  got(site->set_member_flags(kCooks, address("bob@example.org"), kMemberDigestPlain | kMemberNoMail));
  got(site->set_member_flags(kCooks, address("ann@example.org"), kMemberDigestPlain));
  ASSERT_TRUE(site->commit().ok());
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 2U);
  got(site->set_member_flags(kCooks, address("bob@example.org"), 0));
  got(site->remove_member(kCooks, address("ann@example.org")));
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 0U);
  EXPECT_EQ(got(site->count_members(kCooks)), 1U);
  got(site->set_member_flags(kCooks, address("bob@example.org"), kMemberIndex));
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 1U);
  got(site->set_member_flags(kCooks, address("bob@example.org"), kMemberDigestMime));
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 1U);
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 0U);
}

TEST_F(Roster, ChangesFlagsOfMembersOnly) {
  auto site = writer();
  got(site->add_member(kCooks, member("a@example.org")));
  EXPECT_TRUE(got(site->set_member_flags(kCooks, address("a@example.org"), kMemberNoMail)));
  EXPECT_FALSE(got(site->set_member_flags(kCooks, address("b@example.org"), kMemberNoMail)));
  EXPECT_EQ(got(site->find_member(kCooks, address("a@example.org")))->flags, kMemberNoMail);
  EXPECT_EQ(got(site->change_number()), 2U);
}

TEST_F(Roster, RemembersARenewalThatIsNoChangeOfTheRoster) {
  auto site = writer();
  got(site->add_member(kCooks, member("a@example.org")));
  const ChangeNumber before = got(site->change_number());
  EXPECT_TRUE(got(site->set_member_renewed(kCooks, address("a@example.org"), 77)));
  EXPECT_FALSE(got(site->set_member_renewed(kCooks, address("b@example.org"), 77)));
  EXPECT_EQ(got(site->find_member(kCooks, address("a@example.org")))->renewed, 77);
  got(site->set_member_flags(kCooks, address("a@example.org"), kMemberNoMail));
  EXPECT_EQ(got(site->find_member(kCooks, address("a@example.org")))->renewed, 77);
  EXPECT_EQ(got(site->change_number()), before + 1);
}

TEST_F(Roster, NamesTheListsOfAnAddressInOrder) {
  auto site = writer();
  for (const char* list : {kCooks, kBakers, "aa@x.org"}) got(site->add_member(list, member("a@example.org")));
  got(site->add_member(kCooks, member("a@example.org.au")));
  EXPECT_EQ(got(site->lists_of(address("A@example.org"), 10)), (std::vector<std::string>{"aa@x.org", kBakers, kCooks}));
  EXPECT_EQ(got(site->lists_of(address("a@example.org"), 2)).size(), 2U);
  got(site->remove_member(kBakers, address("a@example.org")));
  EXPECT_EQ(got(site->lists_of(address("a@example.org"), 10)).size(), 2U);
}

TEST_F(Roster, WalksGroupedByDestination) {
  auto site = writer();
  for (const char* text : {"z@a.example.org", "b@example.com", "a@example.org", "c@a.example.org", "a@example.com"}) {
    got(site->add_member(kCooks, member(text)));
  }
  got(site->add_member(kBakers, member("other@example.org")));
  std::vector<std::string> order;
  for (const Member& one : got(site->walk_members(kCooks, "", 100)).members) order.push_back(one.address.text());
  EXPECT_EQ(order, (std::vector<std::string>{"a@example.com", "b@example.com", "a@example.org", "c@a.example.org",
                                             "z@a.example.org"}));
}

TEST_F(Roster, WalksInPagesWithOneReaderOrWithMany) {
  constexpr int kMembers = 2'500;
  {
    auto site = writer();
    for (int i = 0; i < kMembers; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
    ASSERT_TRUE(site->commit().ok());
  }
  for (const bool reopens : {false, true}) {
    auto site = reader();
    std::string cursor;
    int walked = 0;
    do {
      if (reopens) {
        site.reset();
        site = reader();
      }
      const WalkPage page = got(site->walk_members(kCooks, cursor, 400));
      ASSERT_LE(page.members.size(), 400U);
      for (const Member& one : page.members) EXPECT_EQ(one.address, numbered(walked++));
      cursor = page.cursor;
    } while (!cursor.empty());
    EXPECT_EQ(walked, kMembers);
  }
}

TEST_F(Roster, IsVisitedForDeliveryBetweenTwoPlaces) {
  {
    auto site = writer();
    Member ann = member("Ann@b.example");
    ann.display = "Ann";
    ann.flags = kMemberNoMail;
    got(site->add_member(kCooks, ann));
    for (const char* text : {"a@a.example", "c@c.example", "d@d.example"}) got(site->add_member(kCooks, member(text)));
    got(site->add_member(kBakers, member("baker@a.example")));
    ASSERT_TRUE(site->commit().ok());
  }
  const auto site = reader();
  std::vector<std::string> seen;
  const auto note = [&seen](const RosterRow& row) {
    seen.push_back(std::string(row.address) + "/" + std::string(row.display) + "/" + std::to_string(row.flags) + "/" +
                   std::to_string(row.joined_at));
  };
  EXPECT_EQ(got(site->visit_roster(kCooks, "", "", 10, note)), "");
  EXPECT_EQ(seen, (std::vector<std::string>{"a@a.example//0/2", "Ann@b.example/Ann/1/1", "c@c.example//0/3",
                                            "d@d.example//0/4"}));
  seen.clear();
  EXPECT_EQ(got(site->visit_roster(kCooks, "", "", 2, note)), cursor_for(address("ann@b.example")));
  EXPECT_EQ(seen.size(), 2U);
  seen.clear();
  const std::string third = cursor_for(address("c@c.example"));
  EXPECT_EQ(got(site->visit_roster(kCooks, cursor_for(address("a@a.example")), third, 2, note)), "");
  EXPECT_EQ(seen, (std::vector<std::string>{"Ann@b.example/Ann/1/1", "c@c.example//0/3"}));
  EXPECT_FALSE(site->visit_roster(kCooks, "nonsense", "", 2, note).ok());
}

TEST_F(Roster, KnowsWhichFlagsItsMembersHave) {
  auto site = writer();
  Member ann = member("ann@a.example");
  ann.flags = kMemberShortHeader | kMemberIndex;
  got(site->add_member(kCooks, ann));
  got(site->add_member(kCooks, member("bob@a.example")));
  got(site->set_member_flags(kCooks, address("bob@a.example"), kMemberDualHeader));
  ASSERT_TRUE(site->commit().ok());
  EXPECT_EQ(got(site->flags_in_use(kCooks)), kMemberShortHeader | kMemberDualHeader | kMemberIndex);
  EXPECT_EQ(got(site->flags_in_use(kBakers)), 0U);
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 1U);
  got(site->remove_member(kCooks, address("ann@a.example")));
  EXPECT_EQ(got(site->flags_in_use(kCooks)), kMemberDualHeader);
  EXPECT_EQ(got(site->count_digest_members(kCooks)), 0U);
  got(site->set_member_flags(kCooks, address("bob@a.example"), 0));
  EXPECT_EQ(got(site->flags_in_use(kCooks)), 0U);
}

TEST_F(Roster, GoesOnBehindAMemberWhoHasLeft) {
  auto site = writer();
  for (int i = 0; i < 10; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
  const WalkPage first = got(site->walk_members(kCooks, "", 4));
  got(site->remove_member(kCooks, numbered(3)));
  got(site->remove_member(kCooks, numbered(4)));
  EXPECT_EQ(got(site->walk_members(kCooks, first.cursor, 100)).members.front().address, numbered(5));
}

TEST_F(Roster, HasNoCursorWhenThePageEndsWithTheList) {
  auto site = writer();
  for (int i = 0; i < 4; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
  EXPECT_EQ(got(site->walk_members(kCooks, "", 4)).cursor, "");
  EXPECT_EQ(got(site->walk_members(kBakers, "", 4)).members.size(), 0U);
  EXPECT_EQ(site->walk_members(kCooks, "no cursor", 4).error().kind, ErrorKind::refused);
}

TEST_F(Roster, RemovesAListWithIndexAndCounter) {
  auto site = writer();
  for (int i = 0; i < 2'100; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
  got(site->add_member(kBakers, Member{numbered(7), "", 0, 0, 0}));
  ASSERT_TRUE(site->commit().ok());
  for (int i = 0; i < 1'001; ++i) ASSERT_TRUE(site->mark_seen(kCooks, "post" + std::to_string(i), 999).ok());
  ASSERT_TRUE(site->mark_seen(kBakers, "post1", 999).ok());
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  ASSERT_TRUE(site->commit().ok());
  EXPECT_EQ(got(site->count_members(kCooks)), 0U);
  for (const char* post : {"post0", "post1", "post1000"}) EXPECT_FALSE(got(site->has_seen(kCooks, post))) << post;
  EXPECT_TRUE(got(site->has_seen(kBakers, "post1")));
  EXPECT_TRUE(got(site->walk_members(kCooks, "", 10)).members.empty());
  EXPECT_EQ(got(site->lists_of(numbered(7), 10)), std::vector<std::string>{kBakers});
  EXPECT_TRUE(got(site->lists_of(numbered(8), 10)).empty());
}

TEST_F(Roster, ARemovedListIsKnownByTheChangeThatRemovedIt) {
  auto site = writer();
  EXPECT_EQ(got(site->removed_at(kCooks)), 0U);
  got(site->add_member(kCooks, member("a@example.org")));
  const ChangeNumber before = got(site->change_number());
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_GT(got(site->removed_at(kCooks)), before);
  EXPECT_EQ(got(site->removed_at(kCooks)), got(site->change_number()));
  EXPECT_EQ(got(site->removed_at(kBakers)), 0U);
}

TEST_F(Roster, ARemovedListThatWasEmptyIsKnownAsWell) {
  auto site = writer();
  const ChangeNumber before = got(site->change_number());
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  EXPECT_GT(got(site->removed_at(kCooks)), before);
}

TEST_F(Roster, TakesAnImportInLargeSlices) {
  constexpr int kSlice = 6'000;
  auto site = writer();
  for (int i = 0; i < 3 * kSlice; ++i) {
    got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
    if ((i + 1) % kSlice != 0) continue;
    ASSERT_TRUE(site->commit().ok());
  }
  site.reset();
  EXPECT_EQ(got(reader()->count_members(kCooks)), static_cast<std::uint64_t>(3 * kSlice));
  EXPECT_TRUE(got(reader()->find_member(kCooks, numbered(3 * kSlice - 1))).has_value());
}

// As rows go in that are many: onto empty pages, or between those that are there.
TEST_F(Roster, TakesManyAtOnceAndTellsWhoIsNew) {
  constexpr std::size_t kMany = 1'000;
  std::vector<Member> all;
  for (std::size_t i = 0; i < kMany; ++i) all.push_back({numbered(static_cast<int>(i)), "", kMemberDigestMime, 7, 0});
  all.insert(all.begin() + 500, member("USER000499@host.example.org"));  // twice in a row: the first one counts
  std::vector<Member> others;                                            // every third, and some behind the last
  for (std::size_t i = 0; i < 2 * kMany; i += 3) others.push_back({numbered(static_cast<int>(i)), "", 0, 8, 0});
  auto site = writer();
  std::vector<std::size_t> places = got(site->add_members(kCooks, all));
  ASSERT_EQ(places.size(), kMany);
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
  EXPECT_EQ(std::count(places.begin(), places.end(), std::size_t{500}), 0);
  EXPECT_EQ(got(site->find_member(kCooks, numbered(499)))->address.local(), "user000499");
  EXPECT_EQ(got(site->change_number()), 1U);

  places = got(site->add_members(kCooks, others));
  EXPECT_EQ(places.size(), 333U) << "of 667 these are behind the last one";
  for (const std::size_t place : places) EXPECT_GE(place, 334U);
  EXPECT_EQ(got(site->find_member(kCooks, numbered(3)))->joined, 7);
  EXPECT_EQ(got(site->count_members(kCooks)), kMany + 333);
  EXPECT_EQ(got(site->count_digest_members(kCooks)), kMany);
  EXPECT_TRUE(got(site->add_members(kCooks, others)).empty());
  EXPECT_EQ(got(site->change_number()), 2U) << "nobody came";
  ASSERT_TRUE(site->commit().ok());
  site.reset();

  auto kept = reader();
  std::size_t walked = 0;
  for (std::string cursor; walked == 0 || !cursor.empty();) {
    WalkPage page = got(kept->walk_members(kCooks, cursor, 100));
    for (const Member& each : page.members) {
      EXPECT_EQ(got(kept->lists_of(each.address, 9)), std::vector<std::string>{kCooks});
      const MemberReference reference = got(kept->references()).of(each.address);
      EXPECT_FALSE(got(kept->members_by_reference(kCooks, ReferenceKind::unkeyed, reference, 2)).empty());
    }
    walked += page.members.size();
    cursor = std::move(page.cursor);
  }
  EXPECT_EQ(walked, kMany + 333);
}

TEST_F(Roster, RefusesAKeyThatIsTooLong) {
  auto site = writer();
  EXPECT_EQ(site->add_member(std::string(2'000, 'l'), member("a@example.org")).error().kind, ErrorKind::refused);
  EXPECT_TRUE(got(site->add_member(kCooks, member("a@example.org"))));
  EXPECT_TRUE(site->commit().ok());
}

}  // namespace
}  // namespace majlis::store
