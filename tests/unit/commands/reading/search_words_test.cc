#include "commands/reading/search_words.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace majlis::commands {
namespace {

using testing::ElementsAre;
using Where = SoughtPosts::Words::Where;

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kLastOfJanuary = 1'769'817'600;  // 2026-01-31

std::optional<SoughtPosts> read(std::string_view line) {
  std::vector<std::string> words;
  for (const std::string_view word : split_words(line)) words.emplace_back(word);
  return read_search_words(words);
}

std::vector<std::string> texts(std::string_view line) {
  std::vector<std::string> texts;
  const SoughtPosts sought = read(line).value();
  for (const auto& words : sought.words) texts.push_back(words.text);
  return texts;
}

TEST(SearchWords, StandAloneOrInARow) {
  EXPECT_THAT(texts("rice \"red  quince\" \"one\" peas"), ElementsAre("rice", "red quince", "one", "peas"));
  EXPECT_THAT(texts("\u201Cred rice\u201D"), ElementsAre("red rice"));
  EXPECT_THAT(texts("\"never closed"), ElementsAre("never closed"));
  EXPECT_THAT(texts("\"from\" ri\"ce"), ElementsAre("from", "ri ce"));
}

TEST(SearchWords, SayWhereTheyStandAndWhen) {
  const SoughtPosts sought = read("from \"Ann Lee\" SUBJECT soup Since 2026-01-31 until 31 Jan 2026 rice").value();
  ASSERT_EQ(sought.words.size(), 3U);
  EXPECT_EQ(sought.words[0].where, Where::author);
  EXPECT_EQ(sought.words[0].text, "Ann Lee");
  EXPECT_EQ(sought.words[1].where, Where::subject);
  EXPECT_EQ(sought.words[2].where, Where::anywhere);
  EXPECT_EQ(sought.since, kLastOfJanuary);
  EXPECT_EQ(sought.before, kLastOfJanuary + kDay);
  EXPECT_TRUE(read("since 2026-02-30").value().has_bad_date);
  EXPECT_TRUE(read("rice until soon").value().has_bad_date);
}

TEST(SearchWords, AreSomethingAndNotTooMuch) {
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("\""));
  EXPECT_FALSE(read("rice from"));
  EXPECT_FALSE(read(std::string(201, 'x')));
  std::string many;
  for (int i = 0; i < 20; ++i) many += "word ";
  EXPECT_TRUE(read(many));
  EXPECT_FALSE(read(many + "more"));
}

}  // namespace
}  // namespace majlis::commands
