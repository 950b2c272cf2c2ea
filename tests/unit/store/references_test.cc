#include <utility>
#include <vector>

#include "store/keys.h"
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

using auth::MemberReference;
using auth::ReferenceKind;

constexpr auth::ReferenceKey kKey = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
// Members of one reference: with kKey, and without a key.
constexpr const char* kTwins[] = {"m1e7738@example.org", "m1a5a2ea@example.org"};
constexpr MemberReference kReferenceOfTwins = 190'439'989'299'514;
constexpr const char* kUnkeyedTwins[] = {"m64ac5f@example.org", "m1c70a96@example.org"};

class MemberReferences : public ScratchSite {
 protected:
  // A site as it is made today.
  std::unique_ptr<Writer> keyed_writer() const {
    auto site = writer();
    EXPECT_TRUE(site->begin_keyed_references(kKey).ok());
    EXPECT_TRUE(site->complete_keyed_references(0).ok());
    return site;
  }
  static std::size_t count(const View& site, ReferenceKind kind, const std::string& who, const char* list = kCooks) {
    const MemberReference reference = got(site.references()).of(address(who), kind);
    return got(site.members_by_reference(list, kind, reference, 9)).size();
  }
};

TEST_F(MemberReferences, AMemberIsFoundByItsReferenceAndGoesWithIt) {
  auto site = keyed_writer();
  got(site->add_member(kCooks, member("Joe@Example.org")));
  got(site->add_member(kBakers, member("ann@example.org")));
  const References references = got(site->references());
  EXPECT_EQ(references.kind, ReferenceKind::keyed);
  const MemberReference joe = references.of(address("joe@example.org"));
  EXPECT_LE(joe, auth::kMaxMemberReference);
  const auto found = got(site->members_by_reference(kCooks, ReferenceKind::keyed, joe, 2));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].address.text(), "Joe@example.org");
  EXPECT_TRUE(got(site->members_by_reference(kBakers, ReferenceKind::keyed, joe, 2)).empty());
  EXPECT_TRUE(got(site->members_by_reference(kCooks, ReferenceKind::keyed, joe + 1, 2)).empty());
  EXPECT_TRUE(got(site->members_by_reference(kCooks, ReferenceKind::unkeyed, joe, 2)).empty());
  EXPECT_EQ(count(*site, ReferenceKind::unkeyed, "joe@example.org"), 0U);
  got(site->remove_member(kCooks, address("joe@example.org")));
  EXPECT_TRUE(got(site->members_by_reference(kCooks, ReferenceKind::keyed, joe, 2)).empty());
}

TEST_F(MemberReferences, TwoMembersOfOneReferenceAreBothFoundAndGoOneByOne) {
  auto site = keyed_writer();
  for (const char* twin : kTwins) got(site->add_member(kCooks, member(twin)));
  EXPECT_EQ(got(site->references()).of(address(kTwins[0])), kReferenceOfTwins);
  EXPECT_EQ(got(site->members_by_reference(kCooks, ReferenceKind::keyed, kReferenceOfTwins, 2)).size(), 2U);
  EXPECT_EQ(got(site->members_by_reference(kCooks, ReferenceKind::keyed, kReferenceOfTwins, 1)).size(), 1U);
  got(site->remove_member(kCooks, address(kTwins[0])));
  const auto left = got(site->members_by_reference(kCooks, ReferenceKind::keyed, kReferenceOfTwins, 2));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].address.text(), kTwins[1]);
}

TEST_F(MemberReferences, SoAreTwoOfOneUnkeyedReference) {
  auto site = writer();
  for (const char* twin : kUnkeyedTwins) got(site->add_member(kCooks, member(twin)));
  EXPECT_EQ(count(*site, ReferenceKind::unkeyed, kUnkeyedTwins[0]), 2U);
  got(site->remove_member(kCooks, address(kUnkeyedTwins[0])));
  EXPECT_EQ(count(*site, ReferenceKind::unkeyed, kUnkeyedTwins[1]), 1U);
}

// What a large import does, and what it leaves behind when it is killed.
TEST_F(MemberReferences, ARowAheadOfItsMemberLeadsToNobodyUntilItComes) {
  auto site = keyed_writer();
  const References references = got(site->references());
  const std::string ann = Key::part_of(address("ann@example.org")).octets();
  const std::string joe = Key::part_of(address("joe@example.org")).octets();
  std::vector<ReferenceAhead> ahead = {{references.of(address("ann@example.org")), ann},
                                       {references.of(address("joe@example.org")), joe}};
  if (ahead[1].reference < ahead[0].reference) std::swap(ahead[0], ahead[1]);
  ASSERT_TRUE(site->add_references_ahead(kCooks, ahead).ok());
  EXPECT_EQ(count(*site, ReferenceKind::keyed, "ann@example.org"), 0U);
  const std::vector<Member> members = {member("ann@example.org")};
  EXPECT_EQ(got(site->add_members(kCooks, members, ReferenceRows::ahead)).size(), 1U);
  EXPECT_EQ(count(*site, ReferenceKind::keyed, "ann@example.org"), 1U);
  EXPECT_EQ(count(*site, ReferenceKind::keyed, "joe@example.org"), 0U) << "never came";
  ASSERT_TRUE(site->remove_list(kCooks).ok());
  // A later list of the name: only what is there now leads to a member that comes without a row of its own.
  for (const char* each : {"ann@example.org", "joe@example.org"}) {
    const std::vector<Member> again = {member(each)};
    got(site->add_members(kCooks, again, ReferenceRows::ahead));
    EXPECT_EQ(count(*site, ReferenceKind::keyed, each), 0U) << each << "'s row went with the list";
  }
}

// A member whose row leads to nobody stands for the other one all the same.
TEST_F(MemberReferences, ARowThatLedToNobodyIsPassedOver) {
  auto site = keyed_writer();
  const std::string first = Key::part_of(address(kTwins[1])).octets();
  ASSERT_LT(first, Key::part_of(address(kTwins[0])).octets());
  const std::vector<ReferenceAhead> ahead = {{kReferenceOfTwins, first}};
  ASSERT_TRUE(site->add_references_ahead(kCooks, ahead).ok());
  got(site->add_member(kCooks, member(kTwins[0])));
  const auto found = got(site->members_by_reference(kCooks, ReferenceKind::keyed, kReferenceOfTwins, 1));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].address.text(), kTwins[0]);
}

// They stand in keys and in mail that is on its way.
TEST_F(MemberReferences, NeverChange) {
  const References references{ReferenceKind::keyed, kKey};
  EXPECT_EQ(references.of(address(kTwins[1])), kReferenceOfTwins);
  EXPECT_EQ(references.of(address("joe@example.org"), ReferenceKind::unkeyed), 173'991'772'412'270U);
  auto site = keyed_writer();
  EXPECT_EQ(got(site->references()).key, kKey);
  EXPECT_FALSE(site->begin_keyed_references({1}).ok());
}

TEST_F(MemberReferences, OfAnOlderSiteBecomeKeyedInSlicesAndTheOldOnesStayGoodForAWhile) {
  constexpr int kMembers = 25;
  {
    auto site = writer();
    for (int i = 0; i < kMembers; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
    got(site->add_member(kBakers, member("joe@example.org")));
    EXPECT_EQ(got(site->references()).kind, ReferenceKind::unkeyed);
    ASSERT_TRUE(site->begin_keyed_references(kKey).ok());
    EXPECT_EQ(got(site->references()).kind, ReferenceKind::unkeyed) << "not before every member has its row";
    got(site->add_member(kCooks, member("between@example.org")));
    ASSERT_TRUE(site->commit().ok());
  }
  std::string cursor;
  int slices = 0;
  do {  // every slice a process of its own; the second is done twice, as after a kill
    for (int again = slices == 1 ? 2 : 1; again > 0; --again) {
      auto site = writer();
      std::string next = got(site->add_missing_references(cursor, 10));
      if (again > 1) continue;
      ASSERT_TRUE(site->commit().ok());
      cursor = std::move(next);
    }
    ++slices;
  } while (!cursor.empty());
  EXPECT_EQ(slices, 3);
  auto site = writer();
  EXPECT_EQ(got(site->forget_unkeyed_references(INT64_MAX, 100)), 0U) << "they are still in use";
  ASSERT_TRUE(site->complete_keyed_references(5'000).ok());
  EXPECT_EQ(got(site->references()).kind, ReferenceKind::keyed);
  got(site->add_member(kCooks, member("after@example.org")));
  for (const ReferenceKind kind : {ReferenceKind::unkeyed, ReferenceKind::keyed}) {
    EXPECT_EQ(count(*site, kind, "joe@example.org", kBakers), 1U);
    EXPECT_EQ(count(*site, kind, "between@example.org"), 1U);
    EXPECT_EQ(count(*site, kind, "after@example.org"), kind == ReferenceKind::keyed ? 1U : 0U);
    for (int i = 0; i < kMembers; ++i) EXPECT_EQ(count(*site, kind, numbered(i).text()), 1U) << i;
  }
  got(site->remove_member(kBakers, address("joe@example.org")));
  for (const ReferenceKind kind : {ReferenceKind::unkeyed, ReferenceKind::keyed}) {
    EXPECT_EQ(count(*site, kind, "joe@example.org", kBakers), 0U);
  }

  EXPECT_EQ(got(site->forget_unkeyed_references(4'999, 100)), 0U);
  EXPECT_EQ(got(site->forget_unkeyed_references(5'000, 20)), 20U);
  EXPECT_EQ(got(site->forget_unkeyed_references(5'000, 20)), 6U);
  EXPECT_EQ(got(site->forget_unkeyed_references(5'000, 20)), 0U);
  EXPECT_EQ(count(*site, ReferenceKind::unkeyed, "between@example.org"), 0U);
  EXPECT_EQ(count(*site, ReferenceKind::keyed, "between@example.org"), 1U);
}

}  // namespace
}  // namespace majlis::store
