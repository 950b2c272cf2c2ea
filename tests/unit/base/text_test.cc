#include "base/text.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

using Words = std::vector<std::string_view>;

TEST(Text, ComparesAsciiWithoutCaseAndLeavesOtherOctetsAlone) {
  EXPECT_EQ(to_lower_ascii("ABC xyz \xC3\x89"), "abc xyz \xC3\x89");
  EXPECT_TRUE(equals_ignoring_case("Subject", "sUBJECT"));
  EXPECT_FALSE(equals_ignoring_case("Subject", "Subjec"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_TRUE(starts_with_ignoring_case("Subject: x", "subject:"));
  EXPECT_FALSE(starts_with_ignoring_case("Sub", "subject:"));
}

TEST(Text, FindsWithoutCase) {
  EXPECT_EQ(find_ignoring_case("Hay NeeDle", "needle"), 4U);
  EXPECT_EQ(find_ignoring_case("hay", "needle"), std::string_view::npos);
  EXPECT_EQ(find_ignoring_case("hay", ""), 0U);
  EXPECT_EQ(find_ignoring_case("", "x"), std::string_view::npos);
}

TEST(Text, TrimsBlanksAndLineEnds) {
  EXPECT_EQ(trim(" \t\r\n a b \r\n"), "a b");
  EXPECT_EQ(trim(" \r\n\t"), "");
  EXPECT_EQ(trim("\va\v"), "\va\v");
}

TEST(Text, SplitsAtRunsOfBlanksOrAtEverySeparator) {
  EXPECT_EQ(split_words("  one\ttwo  three "), (Words{"one", "two", "three"}));
  EXPECT_EQ(split_words(" \t"), Words{});
  EXPECT_EQ(split_at("a,,b,", ','), (Words{"a", "", "b", ""}));
  EXPECT_EQ(split_at("", ','), Words{""});
}

TEST(Text, ReadsLinesWithEitherEnd) {
  std::string_view rest = "one\r\ntwo\n\nfour\rstill four";
  EXPECT_EQ(next_line(rest), "one");
  EXPECT_EQ(next_line(rest), "two");
  EXPECT_EQ(next_line(rest), "");
  EXPECT_EQ(next_line(rest), "four\rstill four");
  EXPECT_EQ(next_line(rest), std::nullopt);
}

TEST(Text, ReadsNumbersStrictly) {
  EXPECT_EQ(parse_number("0"), 0U);
  EXPECT_EQ(parse_number("007"), 7U);
  EXPECT_EQ(parse_number("18446744073709551615"), 18446744073709551615U);
  for (const std::string_view text : {"", "-1", "+1", " 1", "1 ", "1x", "0x1", "18446744073709551616"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(Text, MakesAnythingPrintable) {
  EXPECT_EQ(printable("a\n\x1B[31m\x7F\xC3"), R"(a\x0a\x1b[31m\x7f\xc3)");
  EXPECT_EQ(printable("abcdef", 3), "abc...");
  EXPECT_EQ(printable("abc", 3), "abc");
}

TEST(Text, KeepsReadableUtf8AndEscapesTheRest) {
  EXPECT_EQ(printable_utf8("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"), "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  EXPECT_EQ(printable_utf8("a\n\xC2\x85\xE2\x80\xAE\xC3"), R"(a\x0a\xc2\x85\xe2\x80\xae\xc3)");
  EXPECT_EQ(printable_utf8("a\xE2\x80\xAA\xD8\x9C\xC2\xAD"), R"(a\xe2\x80\xaa\xd8\x9c\xc2\xad)");
  EXPECT_EQ(printable_utf8("\xE2\x9D\xA4\xEF\xB8\x8F \xC2\xA0"), "\xE2\x9D\xA4\xEF\xB8\x8F \xC2\xA0");
  EXPECT_EQ(printable_utf8("caf\xC3\xA9", 4), "caf...");
  EXPECT_EQ(printable_utf8("caf\xC3\xA9", 5), "caf\xC3\xA9");
}

TEST(Text, KnowsWellFormedUtf8) {
  for (const std::string_view good : {"", "abc", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF",
                                      "\xEF\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"}) {
    EXPECT_TRUE(is_valid_utf8(good)) << hex(good);
  }
  for (const std::string_view bad :
       {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "a\xFF", "\xC3\x28"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << hex(bad);
  }
  EXPECT_TRUE(is_valid_utf8(std::string_view("\0", 1)));
}

TEST(Text, WritesHexInLowerCase) { EXPECT_EQ(hex(std::string_view("\x00\xAB\xFF", 3)), "00abff"); }

TEST(Text, WritesJsonThatIsAlwaysValid) {
  EXPECT_EQ(json_string("a\"b\\c\n\t"), R"("a\"b\\c\u000a\u0009")");
  EXPECT_EQ(json_string("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
  EXPECT_EQ(json_string("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(json_string(std::string_view("\0", 1)), R"("\u0000")");
  EXPECT_EQ(json_string(""), "\"\"");
  EXPECT_EQ(json_string("\xE2\x80\xAA\x7F\xC2\x85\xE2\x80\x8B"), R"("\u202a\u007f\u0085\u200b")");
  EXPECT_EQ(json_string("\xF3\xA0\x81\x81"), R"("\udb40\udc41")");
}

TEST(Utf8Prefix, CutsNoCharacterInTwo) {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC";  // a, e acute, euro sign
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6};
  for (std::size_t max = 0; max < 8; ++max) EXPECT_EQ(utf8_prefix(text, max).size(), expected[max]) << max;
}

}  // namespace
}  // namespace majlis
