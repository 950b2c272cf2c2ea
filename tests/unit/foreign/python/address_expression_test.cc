#include "foreign/python/address_expression.h"

#include <gtest/gtest.h>

namespace majlis::foreign {
namespace {

std::string pattern_of(std::string_view expression) {
  const auto read = read_address_expression(expression);
  return read ? read->pattern : "none";
}

TEST(AddressExpression, IsAPatternWhereThatFindsTheSame) {
  EXPECT_EQ(pattern_of("^.*@spam\\.example$"), "*@spam.example");
  EXPECT_EQ(pattern_of("^.+@spam\\.example$"), "*@spam.example");
  EXPECT_EQ(pattern_of("^.*?@spam\\.example$"), "*@spam.example");
  EXPECT_EQ(pattern_of("^spam.*"), "spam*");
  EXPECT_EQ(pattern_of("^spam@"), "spam@*");
  EXPECT_EQ(pattern_of("^x@bad\\.example$"), "x@bad.example");
  EXPECT_EQ(pattern_of("^a\\+b\\@bad\\.example$"), "a+b@bad.example");
  EXPECT_FALSE(read_address_expression("^.*@spam\\.example$")->has_dots);
}

TEST(AddressExpression, TakesADotBetweenCharactersForOne) {
  EXPECT_EQ(pattern_of("^.*@spam.example$"), "*@spam.example");
  EXPECT_EQ(pattern_of("^.*@spam.example"), "*@spam.example*");
  EXPECT_EQ(pattern_of("^x@bad.example$"), "x@bad.example");
  EXPECT_TRUE(read_address_expression("^.*@spam.example")->has_dots);
}

TEST(AddressExpression, TakesADotBesideAnythingForPartOfThat) {
  EXPECT_EQ(pattern_of("^..*@spam\\.example$"), "*@spam.example");
  EXPECT_EQ(pattern_of("^.*.spam\\.example$"), "*spam.example");
  EXPECT_EQ(pattern_of("^spam@bad."), "spam@bad*");
  EXPECT_FALSE(read_address_expression("^.*.spam\\.example$")->has_dots);
}

TEST(AddressExpression, IsNoneWhereAPatternFindsNothingOrLess) {
  for (const char* expression :
       {"^[a-z]+@x$", "^(a|b)@x$", "^a\\d@x$", "^a\\*b", "^a@x\\", "^a@x$|^b@x$", "^..@x.example", "^a.@x.example",
        "^a@.x.example", "^.a@x.example", "^a..b@x.example", "^ab.?@x\\.example$", "spam@example.org", ""}) {
    EXPECT_EQ(pattern_of(expression), "none") << expression;
  }
  EXPECT_EQ(pattern_of("^a@x.$"), "none");
}

}  // namespace
}  // namespace majlis::foreign
