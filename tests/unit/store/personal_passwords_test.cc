// What people gave as proof of who they are.
#include "tests/unit/store/scratch_site.h"

namespace majlis::store {
namespace {

using PersonalPasswordRows = ScratchSite;

TEST_F(PersonalPasswordRows, AreOfOneAddressEach) {
  const auto ann = *mail::Address::parse("ann@example.com");
  {
    auto site = writer();
    ASSERT_TRUE(site->put_personal_password(ann, {"$hash1", 10}).ok());
    ASSERT_TRUE(site->put_personal_password(ann, {"$hash2", 20}).ok());
    ASSERT_TRUE(site->commit().ok());
  }
  auto site = writer();
  const auto kept = got(site->personal_password(*mail::Address::parse("Ann@EXAMPLE.com")));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->hash, "$hash2");
  EXPECT_EQ(kept->since, 20);
  EXPECT_FALSE(got(site->personal_password(*mail::Address::parse("ann@example.net"))));
  EXPECT_TRUE(got(site->remove_personal_password(ann)));
  EXPECT_FALSE(got(site->remove_personal_password(ann)));
  EXPECT_FALSE(got(site->personal_password(ann)));
}

}  // namespace
}  // namespace majlis::store
