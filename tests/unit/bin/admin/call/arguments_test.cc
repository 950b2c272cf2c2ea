#include "bin/admin/call/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::bin::admin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Option kOptions[] = {{"json", Takes::nothing}, {"owner", Takes::value}};

Result<Arguments> parse(const std::vector<std::string>& words) { return Arguments::parse(words, kOptions); }

TEST(Arguments, OptionsStandAnywhereAndWordsKeepTheirOrder) {
  const Result<Arguments> parsed = parse({"cooks", "--owner", "a@b.org", "x", "--json", "y"});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->words(), ElementsAre("cooks", "x", "y"));
  EXPECT_TRUE(parsed->has("json"));
  EXPECT_EQ(parsed->value("owner"), "a@b.org");
}

TEST(Arguments, ARepeatedOptionKeepsEveryValueInOrder) {
  const Result<Arguments> parsed = parse({"--owner=a@b.org", "--owner", "c@d.org"});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->values("owner"), ElementsAre("a@b.org", "c@d.org"));
  EXPECT_EQ(parsed->value("owner"), "c@d.org");
}

TEST(Arguments, AnEmptyValueIsAValue) {
  const Result<Arguments> parsed = parse({"--owner=", "x"});
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->has("owner"));
  EXPECT_THAT(parsed->values("owner"), ElementsAre(""));
  EXPECT_THAT(parsed->words(), ElementsAre("x"));
}

TEST(Arguments, BehindTwoDashesEverythingIsAWord) {
  const Result<Arguments> parsed = parse({"--json", "--", "--owner", "-x", "--"});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->words(), ElementsAre("--owner", "-x", "--"));
  EXPECT_FALSE(parsed->has("owner"));
}

TEST(Arguments, OneDashAndTheEmptyWordAreWords) {
  const Result<Arguments> parsed = parse({"-", ""});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->words(), ElementsAre("-", ""));
}

TEST(Arguments, AnOptionTakesTheNextWordWhateverItLooksLike) {
  const Result<Arguments> parsed = parse({"--owner", "--json"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->value("owner"), "--json");
  EXPECT_FALSE(parsed->has("json"));
}

TEST(Arguments, RefusesWhatItDoesNotKnowOrCannotUse) {
  const std::vector<std::vector<std::string>> bad = {{"--frob"}, {"--owner"}, {"--json=1"},
                                                     {"-j"},     {"--=x"},    {"--own"}};
  for (const auto& words : bad) {
    const Result<Arguments> parsed = parse(words);
    ASSERT_FALSE(parsed) << words.front();
    EXPECT_EQ(parsed.error().kind, ErrorKind::refused);
    EXPECT_THAT(parsed.error().what, HasSubstr(words.front().substr(0, words.front().find('='))));
  }
}

TEST(Arguments, ARefusedOptionIsPrintable) {
  const Result<Arguments> parsed = parse({"--\x1B[31m\n"});
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().what.find('\x1B'), std::string::npos);
  EXPECT_EQ(parsed.error().what.find('\n'), std::string::npos);
}

TEST(Arguments, TakeWordTakesItOut) {
  Result<Arguments> parsed = parse({"cooks", "list", "x"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->take_word(1), "list");
  EXPECT_THAT(parsed->words(), ElementsAre("cooks", "x"));
  EXPECT_THAT(parsed->values("owner"), IsEmpty());
}

}  // namespace
}  // namespace majlis::bin::admin
