#include "mail/recipient_fields.h"

#include <gmock/gmock.h>

namespace majlis::mail {
namespace {

using testing::ElementsAre;

constexpr std::size_t kMany = 1000;

TEST(AddressesNamedIn, AreThoseOfNamesGroupsAndComments) {
  EXPECT_THAT(addresses_named_in("ann@example.org, Bob Cook <bob@example.org>", kMany),
              ElementsAre("ann@example.org", "bob@example.org"));
  EXPECT_THAT(addresses_named_in("cooks: ann@example.org, bob@example.org;, eve@example.org (at @ home)", kMany),
              ElementsAre("ann@example.org", "bob@example.org", "eve@example.org"));
  EXPECT_THAT(addresses_named_in("Cook, Ann <ann@example.org>, \"Bob, @ home\" <bob@example.org>", kMany),
              ElementsAre("ann@example.org", "bob@example.org"));
  EXPECT_THAT(addresses_named_in("\"a, b\"@example.org", kMany), ElementsAre("\"a, b\"@example.org"));
  EXPECT_THAT(addresses_named_in("Ann @home <ann@example.org> x@y", kMany), ElementsAre("ann@example.org"));
}

TEST(AddressesNamedIn, AreNoneWhereNobodyIsNamed) {
  for (const char* body : {"", ",,;", "undisclosed-recipients:;", "(a@b", "Ann", "\"a@b\" <>"}) {
    EXPECT_THAT(addresses_named_in(body, kMany), ElementsAre()) << body;
  }
}

TEST(AddressesNamedIn, EndsAtTheCeilingAndAtTheEnd) {
  EXPECT_EQ(addresses_named_in("a@b, c@d, e@f", 2).size(), 2U);
  for (const char* body : {"\"a@b", "(\\", "\"\\", "<a@b", "a@b\\"}) addresses_named_in(body, kMany);
}

}  // namespace
}  // namespace majlis::mail
