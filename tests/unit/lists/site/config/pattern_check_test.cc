#include "lists/site/config/pattern_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

using testing::HasSubstr;

// As read from a file: reading does not try patterns.
ListConfig with(const std::string& patterns) {
  ListConfig::Parsed parsed = ListConfig::parse("taboo_body << END\n" + patterns + "\nEND\n");
  EXPECT_TRUE(parsed.problems.empty());
  return parsed.config;
}

TEST(PatternCheck, RefusesANewPatternThatExplodesAndNamesIt) {
  for (const char* pattern : {"/(a+)+$/", "/(a|a)*b/", "/^x(.*)*y/", "/(?:\\w+\\s?)+:/"}) {
    const Status checked = check_new_patterns(with(std::string("/rice/\n") + pattern), ListConfig());
    ASSERT_FALSE(checked.ok()) << pattern;
    EXPECT_EQ(checked.error().kind, ErrorKind::refused);
    EXPECT_THAT(checked.error().what, HasSubstr("taboo_body"));
  }
}

TEST(PatternCheck, LeavesOrdinaryOnesAndThoseThatWereThereAlone) {
  EXPECT_TRUE(check_new_patterns(with("/(.*)*/\n/rice|wheat/i\n/(a)b\\1/"), ListConfig()).ok());
  EXPECT_TRUE(check_new_patterns(with("/(a+)+$/\n/rice/"), with("/(a+)+$/")).ok());
  EXPECT_TRUE(check_new_patterns(ListConfig(), with("/(a+)+$/")).ok());
}

TEST(PatternCheck, EndsForTheMostPatternsAListMayHave) {
  std::string patterns;
  for (int i = 0; i < 500; ++i) patterns += "/rice" + std::to_string(i) + ".*(wheat|oats)+\\s*!/i\n";
  EXPECT_TRUE(check_new_patterns(with(patterns), ListConfig()).ok());
}

}  // namespace
}  // namespace majlis::lists
