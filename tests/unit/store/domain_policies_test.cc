#include "store/rows.h"
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

class DomainPolicies : public ScratchSite {};

constexpr DomainPolicy kReject{DomainPolicy::Record::found, DomainPolicy::Asks::reject, true};

TEST_F(DomainPolicies, AreRememberedForTheirTime) {
  auto site = writer();
  EXPECT_FALSE(got(site->find_domain_policy("example.com", 1'000)));
  EXPECT_TRUE(site->remember_domain_policy("example.com", kReject, 2'000).ok());
  const auto found = got(site->find_domain_policy("example.com", 1'999));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->record, kReject.record);
  EXPECT_EQ(found->asks, kReject.asks);
  EXPECT_TRUE(found->is_test);
  EXPECT_FALSE(got(site->find_domain_policy("example.com", 2'000)));
  EXPECT_FALSE(got(site->find_domain_policy("mail.example.com", 1'000)));
}

TEST_F(DomainPolicies, AreReplacedByWhatIsFoundLater) {
  auto site = writer();
  EXPECT_TRUE(site->remember_domain_policy("example.com", kReject, 2'000).ok());
  EXPECT_TRUE(site->remember_domain_policy("example.com", {DomainPolicy::Record::none}, 3'000).ok());
  EXPECT_EQ(got(site->forget_expired(2'000, 10)), 0U);
  EXPECT_EQ(got(site->find_domain_policy("example.com", 2'500))->record, DomainPolicy::Record::none);
  EXPECT_EQ(got(site->forget_expired(3'000, 10)), 1U);
  EXPECT_TRUE(site->commit().ok());
}

TEST(DomainPolicyRow, IsRefusedWithANumberOfNoMeaning) {
  EXPECT_TRUE(read_domain_policy(domain_policy_row(kReject, 5)).ok());
  for (std::size_t at = 2; at < 5; ++at) {
    std::string row = domain_policy_row(kReject, 5);
    row[at] = 7;
    EXPECT_FALSE(read_domain_policy(row).ok()) << at;
  }
}

}  // namespace
}  // namespace majlis::store
