#include "lists/site/directory.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class Directory : public ScratchList {};

TEST_F(Directory, EveryAddressThatAListHasLeadsToItAndNoOtherDoes) {
  make_list("cooks", "description = x\n");
  const ListName cooks = *ListName::parse("cooks", kDomain);
  const std::vector<std::string> parts = local_parts_of(cooks);
  EXPECT_EQ(parts.size(), 13U);
  for (const std::string& part : parts) {
    const mail::Address address = *mail::Address::parse(part + "@" + kDomain);
    const std::optional<Destination> found = find_destination(*site_, address);
    ASSERT_TRUE(found) << part;
    EXPECT_EQ(found->list, cooks) << part;
    EXPECT_TRUE(belongs_to(cooks, address)) << part;
  }
}

TEST_F(Directory, EveryAddressOfTheSiteLeadsToIt) {
  const std::vector<std::string> parts = site_local_parts();
  EXPECT_EQ(parts.size(), 9U);
  for (const std::string& part : parts) {
    const std::optional<Destination> found = find_destination(*site_, *mail::Address::parse(part + "@" + kDomain));
    ASSERT_TRUE(found) << part;
    EXPECT_EQ(found->list, std::nullopt) << part;
  }
}

}  // namespace
}  // namespace majlis::lists
