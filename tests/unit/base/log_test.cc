#include "base/log.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

std::string line_with(std::string_view value) { return LogLine("post").with("msgid", value).text(); }

TEST(Log, ValuesOfOneWordStandAsTheyAre) {
  EXPECT_EQ(line_with("<1@example.com>"), "post msgid=<1@example.com>");
  EXPECT_EQ(line_with("a=b"), "post msgid=a=b");
  EXPECT_EQ(line_with(""), "post");
}

TEST(Log, NoValueLooksLikeAFurtherField) {
  EXPECT_EQ(line_with("a verdict=accept"), "post msgid=\"a verdict=accept\"");
  EXPECT_EQ(line_with("a\" verdict=accept"), "post msgid=\"a\\\" verdict=accept\"");
  EXPECT_EQ(line_with("a\\\" verdict=accept"), "post msgid=\"a\\\\\\\" verdict=accept\"");
  EXPECT_EQ(line_with("a\\"), "post msgid=\"a\\\\\"");
  EXPECT_EQ(line_with("a\nb"), "post msgid=a\\x0ab");
}

TEST(Log, WrittenAndEscapedOctetsAreTwoThings) { EXPECT_NE(line_with("caf\xC3\xA9"), line_with("caf\\xC3\\xA9")); }

TEST(Log, LongValuesAreCut) {
  EXPECT_EQ(line_with(std::string(1000, 'x')), "post msgid=" + std::string(400, 'x') + "...");
}

}  // namespace
}  // namespace majlis
