#include "base/wildcard.h"

#include <gtest/gtest.h>

#include <string>

namespace majlis {
namespace {

TEST(Wildcard, StandsForAnythingAndForNothing) {
  for (const std::string_view pattern :
       {"*", "abc", "a*", "*c", "*b*", "a*c", "a*b*c", "*a*b*c*", "abc*", "*abc", "a**c"}) {
    EXPECT_TRUE(matches_wildcard(pattern, "abc")) << pattern;
  }
  for (const std::string_view pattern :
       {"", "ab", "bc", "a*b", "*d*", "c*a", "abcd*", "*ABC*", "a*bc*c", "ab*bc", "*bc*c*"}) {
    EXPECT_FALSE(matches_wildcard(pattern, "abc")) << pattern;
  }
  EXPECT_TRUE(matches_wildcard("*", ""));
  EXPECT_TRUE(matches_wildcard("", ""));
  EXPECT_FALSE(matches_wildcard("*a*", ""));
  EXPECT_TRUE(matches_wildcard("a*a", "aa"));
  EXPECT_FALSE(matches_wildcard("a*a", "a")) << "no octet is both";
  EXPECT_TRUE(matches_wildcard("*ab*ab", "ababab"));
  EXPECT_TRUE(matches_wildcard("[a-b]?.*", "[a-b]?.")) << "nothing else is special";
}

// By trying again from each place that would take hours.
TEST(Wildcard, AHostileTextIsReadOnce) {
  const std::string text(1024 * 1024, 'a');
  std::string pattern = "*";
  for (int i = 0; i < 40; ++i) pattern += std::string(20, 'a') + "b*";
  EXPECT_FALSE(matches_wildcard(pattern, text));
  EXPECT_FALSE(matches_wildcard("*" + std::string(512 * 1024, 'a') + "b*", text));
  EXPECT_FALSE(matches_wildcard("*b" + std::string(512 * 1024, 'a') + "*", text));
}

}  // namespace
}  // namespace majlis
