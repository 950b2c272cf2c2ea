#include "scratch_site.h"

namespace majlis::store {
namespace {

class Bounces : public ScratchSite {};

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

// It stands in keys and in mail that is on its way.
TEST_F(Bounces, AReferenceNeverChanges) { EXPECT_EQ(reference_of(address("joe@example.org")), 173991'772'412'270ULL); }

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
