#include "tests/unit/store/scratch_site.h"

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
