#include "mail/address_pattern.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

bool matches(std::string_view pattern, std::string_view address) {
  const auto read = address_pattern(pattern);
  EXPECT_TRUE(read) << pattern;
  return read && matches_address(*read, *Address::parse(address));
}

TEST(AddressPattern, AStarStandsForAnythingAndForNothing) {
  EXPECT_TRUE(matches("*@example.com", "ann@example.com"));
  EXPECT_FALSE(matches("*@example.com", "ann@mail.example.com"));
  EXPECT_FALSE(matches("*@example.com", "ann@example.com.evil.example"));
  EXPECT_TRUE(matches("*@*.example.com", "ann@mail.example.com"));
  EXPECT_TRUE(matches("*example.com", "ann@notexample.com"));
  EXPECT_TRUE(matches("ann*@example.com", "ann@example.com"));
  EXPECT_TRUE(matches("ann*@example.com", "ann+soup@example.com"));
  EXPECT_TRUE(matches("*", "ann@example.com"));
  EXPECT_TRUE(matches("**a**@*", "aab@example.com"));
  EXPECT_TRUE(matches("*a@*.com", "aaa@a.com.a.com"));
  EXPECT_FALSE(matches("ann@*.org", "ann@example.com"));
}

TEST(AddressPattern, NothingElseIsSpecial) {
  EXPECT_FALSE(matches("*@example?com", "ann@example.com"));
  EXPECT_FALSE(matches("*@exampl[e].com", "ann@example.com"));
  EXPECT_FALSE(matches(".*@example.com", "ann@example.com"));
  EXPECT_FALSE(matches("^*@example.com$", "ann@example.com"));
  EXPECT_FALSE(matches("ann@example.com", "ann+soup@example.com"));
}

TEST(AddressPattern, CaseDoesNotMatter) {
  EXPECT_TRUE(matches("Ann@Example.COM", "aNN@example.com"));
  EXPECT_TRUE(matches("*@EXAMPLE.com", "Ann@example.com"));
  EXPECT_EQ(address_pattern(" Ann@Example.COM "), "ann@example.com");
}

TEST(AddressPattern, ItsDomainIsComparedAsAddressesHaveIt) {
  EXPECT_TRUE(
      matches("*@b\xC3\xBC"
              "cher.example",
              "ann@xn--bcher-kva.example"));
}

TEST(AddressPattern, WhatIsNeitherIsNone) {
  for (const std::string_view none : {"", "example.com", "ann", "Ann <ann@example.com>", "* @example.com", "*\x01@x.y",
                                      "<*@example.com>", "*@example.com, *@example.org", "*\xFF"}) {
    EXPECT_FALSE(address_pattern(none)) << none;
  }
  EXPECT_FALSE(address_pattern(std::string(400, '*')));
}

// The worst there is ends at once.
TEST(AddressPattern, ManyStarsCostNoTime) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  const std::string local(64, 'a');
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(matches(pattern + "b", local + "@example.com"));
}

}  // namespace
}  // namespace majlis::mail
