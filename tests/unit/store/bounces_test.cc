#include "store/environment.h"
#include "store/keys.h"
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

class Bounces : public ScratchSite {
 protected:
  void forget_references() const {
    auto lock = SiteLock::acquire(directory_, FileLock::Mode::exclusive, kPatienceMs);
    ASSERT_TRUE(lock.ok());
    auto environment = Environment::open(std::move(*lock), Load::few_rows);
    ASSERT_TRUE(environment.ok() && (*environment)->begin().ok());
    Tree& rows = (*environment)->tree();
    const std::string prefix = Key(Table::reference).octets();
    std::vector<std::string> keys;
    ASSERT_TRUE(rows.scan(prefix, prefix, 100,
                          [&](std::string_view key, std::string_view) {
                            keys.emplace_back(key);
                            return Tree::Visit::more;
                          })
                    .ok());
    for (const std::string& key : keys) got(rows.erase(key));
    ASSERT_TRUE((*environment)->commit().ok());
  }
};

BounceRecord record() {
  return {"joe@example.org", 150, 2, 1'000, 2'000, "5.1.1", "no such user", 20'000, 1'500, "<one@x.example>", 0, 3};
}

TEST_F(Bounces, AreKeptForAMemberUntilTheirTime) {
  auto site = writer();
  EXPECT_FALSE(got(site->find_bounces(kCooks, address("joe@example.org"))));
  EXPECT_TRUE(site->put_bounces(kCooks, address("Joe@example.org"), record(), 5'000).ok());
  const auto found = got(site->find_bounces(kCooks, address("joe@example.org")));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->score, 150U);
  EXPECT_EQ(found->address, "joe@example.org");
  EXPECT_EQ(found->sent_day, 20'000);
  EXPECT_EQ(found->days, 2U);
  EXPECT_EQ(got(site->bounces_of(kCooks, 10)).size(), 1U);
  EXPECT_TRUE(got(site->bounces_of(kBakers, 10)).empty());
  EXPECT_EQ(found->first, 1'000);
  EXPECT_EQ(found->last, 2'000);
  EXPECT_EQ(found->status, "5.1.1");
  EXPECT_EQ(found->text, "no such user");
  EXPECT_EQ(found->probed, 1'500);
  EXPECT_EQ(found->probe_id, "<one@x.example>");
  EXPECT_EQ(found->notices_left, 3U);
  EXPECT_FALSE(got(site->find_bounces(kBakers, address("joe@example.org"))));
  EXPECT_EQ(got(site->forget_expired(4'999, 10)), 0U);
  EXPECT_EQ(got(site->forget_expired(5'000, 10)), 1U);
  EXPECT_FALSE(got(site->find_bounces(kCooks, address("joe@example.org"))));
}

TEST_F(Bounces, GoWithTheMember) {
  auto site = writer();
  got(site->add_member(kCooks, member("joe@example.org")));
  EXPECT_TRUE(site->put_bounces(kCooks, address("joe@example.org"), record(), 5'000).ok());
  got(site->remove_member(kCooks, address("joe@example.org")));
  EXPECT_FALSE(got(site->find_bounces(kCooks, address("joe@example.org"))));
}

TEST_F(Bounces, AMemberIsFoundByItsReferenceAndGoesWithIt) {
  auto site = writer();
  got(site->add_member(kCooks, member("Joe@Example.org")));
  got(site->add_member(kBakers, member("ann@example.org")));
  const MemberReference joe = reference_of(address("joe@example.org"));
  EXPECT_LT(joe, MemberReference{1} << 48U);
  const auto found = got(site->members_by_reference(kCooks, joe, 2));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].address.text(), "Joe@example.org");
  EXPECT_TRUE(got(site->members_by_reference(kBakers, joe, 2)).empty());
  EXPECT_TRUE(got(site->members_by_reference(kCooks, joe + 1, 2)).empty());
  got(site->remove_member(kCooks, address("joe@example.org")));
  EXPECT_TRUE(got(site->members_by_reference(kCooks, joe, 2)).empty());
}

// As a version before there was the index left it: members without a row in it.
TEST_F(Bounces, MembersOfAnOlderStoreAreFoundByReferenceOnceTheIndexIsMadeGood) {
  constexpr int kMembers = 25;
  {
    auto site = writer();
    for (int i = 0; i < kMembers; ++i) got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
    got(site->add_member(kBakers, member("joe@example.org")));
    ASSERT_TRUE(site->commit().ok());
  }
  forget_references();
  const MemberReference joe = reference_of(address("joe@example.org"));
  EXPECT_TRUE(got(reader()->members_by_reference(kBakers, joe, 2)).empty());
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
  auto site = reader();
  EXPECT_EQ(got(site->members_by_reference(kBakers, joe, 2)).size(), 1U);
  for (int i = 0; i < kMembers; ++i) {
    EXPECT_EQ(got(site->members_by_reference(kCooks, reference_of(numbered(i)), 2)).size(), 1U) << i;
  }
  site.reset();
  auto again = writer();
  EXPECT_EQ(got(again->add_missing_references("", 1'000)), "") << "nothing is missing any more";
  EXPECT_TRUE(again->commit().ok());
  got(again->remove_member(kBakers, address("joe@example.org")));
  EXPECT_TRUE(got(again->members_by_reference(kBakers, joe, 2)).empty());
}

// It stands in keys and in mail that is on its way.
TEST_F(Bounces, AReferenceNeverChanges) { EXPECT_EQ(reference_of(address("joe@example.org")), 173991'772'412'270ULL); }

TEST_F(Bounces, AReportEntryThatSpansWhatIsThereHasCountedIt) {
  auto site = writer();
  const auto add = [&](std::uint32_t count, UnixTime first, UnixTime last) {
    EXPECT_TRUE(site->add_report_entry(kCooks, {"bounced", "joe@example.org", count, first, last, "", ""}, 900).ok());
    return got(site->report_entries(kCooks, 10)).at(0);
  };
  EXPECT_EQ(add(1, 10, 10).count, 1U);
  EXPECT_EQ(add(2, 10, 20).count, 2U);
  EXPECT_EQ(add(5, 5, 30).count, 5U);
  EXPECT_EQ(add(1, 40, 40).count, 6U) << "it began anew";
  EXPECT_EQ(got(site->report_entries(kCooks, 10)).at(0).first, 5);
}

TEST_F(Bounces, ReportEntriesOfOneKindAndAddressAddUp) {
  auto site = writer();
  EXPECT_TRUE(site->add_report_entry(kCooks, {"bounced", "joe@example.org", 1, 10, 10, "5.1.1", "first"}, 900).ok());
  EXPECT_TRUE(site->add_report_entry(kCooks, {"bounced", "joe@example.org", 2, 20, 20, "5.2.1", "later"}, 900).ok());
  EXPECT_TRUE(site->add_report_entry(kCooks, {"suspended", "joe@example.org", 1, 20, 20, "", ""}, 900).ok());
  EXPECT_TRUE(site->add_report_entry(kBakers, {"bounced", "joe@example.org", 1, 20, 20, "", ""}, 900).ok());
  const auto entries = got(site->report_entries(kCooks, 10));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].count, 3U);
  EXPECT_EQ(entries[0].first, 10);
  EXPECT_EQ(entries[0].last, 20);
  EXPECT_EQ(entries[0].status, "5.2.1");
  EXPECT_EQ(entries[0].text, "later");
  EXPECT_EQ(entries[1].kind, "suspended");
  EXPECT_EQ(got(site->report_entries(kCooks, 1)).size(), 1U);
  EXPECT_TRUE(site->forget_report_entries(kCooks, entries).ok());
  EXPECT_TRUE(got(site->report_entries(kCooks, 10)).empty());
  EXPECT_EQ(got(site->report_entries(kBakers, 10)).size(), 1U);
  EXPECT_TRUE(site->remove_list(kBakers).ok());
  EXPECT_TRUE(got(site->report_entries(kBakers, 10)).empty());
}

}  // namespace
}  // namespace majlis::store
