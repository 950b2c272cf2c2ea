#include "lists/site/list_name.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

constexpr std::string_view kDomain = "lists.example.org";

TEST(ListName, IsLowerCaseInACanonicalDomain) {
  const std::optional<ListName> name = ListName::parse("Cooks", "Lists.Example.ORG");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->name(), "cooks");
  EXPECT_EQ(name->domain(), "lists.example.org");
  EXPECT_EQ(name->address(), "cooks@lists.example.org");
}

TEST(ListName, TakesLettersDigitsAndThreeMarks) {
  for (const std::string_view name : {"a", "7", "a-b_c.d", "requests", "my-owners", "ownership", "the.join"}) {
    EXPECT_TRUE(ListName::parse(name, kDomain)) << name;
  }
  EXPECT_TRUE(ListName::parse(std::string(40, 'a'), kDomain));
}

TEST(ListName, RefusesWhatIsNotSafeAsAPath) {
  for (const std::string_view name : {"", ".", "..", ".a", "-a", "_a", "a/b", "../a", "a..b", "a.", "a b", "a\nb",
                                      "a+b", "a@b", "caf\xC3\xA9", "a|b", "a'b", "a\\b"}) {
    EXPECT_FALSE(ListName::parse(name, kDomain)) << name;
  }
  EXPECT_FALSE(ListName::parse(std::string(41, 'a'), kDomain));
  EXPECT_FALSE(ListName::parse(std::string_view("a\0b", 3), kDomain));
}

TEST(ListName, RefusesReservedWordsAndRoles) {
  for (const std::string_view name :
       {"majordomo", "LISTSERV", "mailman", "postmaster", "abuse", "owner-cooks", "cooks-request", "cooks-Owner",
        "cooks-bounces", "cooks-approval", "cooks-subscribe", "cooks-join", "cooks-unsubscribe", "cooks-leave",
        "cooks-signoff", "cooks-confirm"}) {
    EXPECT_FALSE(ListName::parse(name, kDomain)) << name;
  }
}

TEST(ListName, RefusesADomainThatIsNone) {
  for (const std::string_view domain :
       {"", ".", "..", "a/b", "../x", "exa mple.org", "[127.0.0.1]", "a..b", "-a.org"}) {
    EXPECT_FALSE(ListName::parse("cooks", domain)) << domain;
  }
}

}  // namespace
}  // namespace majlis::lists
