#include "tongues/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tongues/majordomo.h"

namespace majlis::tongues {
namespace {

using ::testing::ElementsAre;

TEST(Dialect, EveryVerbHasANameThatFindsIt) {
  for (int i = 0; i < static_cast<int>(Verb::not_understood); ++i) {
    const Verb verb = static_cast<Verb>(i);
    ASSERT_FALSE(name_of(verb).empty()) << i;
    EXPECT_EQ(verb_named(name_of(verb)), verb);
  }
  EXPECT_EQ(name_of(Verb::not_understood), "");
  EXPECT_EQ(verb_named(""), std::nullopt);
  EXPECT_EQ(verb_named("nothing"), std::nullopt);
}

// Tokens, log and settings know a verb by its name, and Majordomo's users by the same word.
TEST(Dialect, MajordomoCallsEveryVerbByItsName) {
  for (const VerbRow& row : kMajordomo.verbs) {
    EXPECT_EQ(word_of(kMajordomo, row.verb), name_of(row.verb));
    EXPECT_EQ(find_verb(kMajordomo, row.word), &row);
  }
  EXPECT_EQ(find_verb(kMajordomo, "nothing"), nullptr);
  EXPECT_EQ(word_of(kMajordomo, Verb::not_understood), "");
}

TEST(Dialect, AnAbbreviationFitsOneVerbOnly) {
  EXPECT_EQ(match_verb(kMajordomo, "UNSUB").row->verb, Verb::unsubscribe);
  EXPECT_EQ(match_verb(kMajordomo, "su").row, nullptr);
  const VerbMatch match = match_verb(kMajordomo, "newin");
  EXPECT_EQ(match.row, nullptr);
  EXPECT_THAT(match.candidates, ElementsAre("newinfo", "newintro"));
}

TEST(Dialect, AnUnknownNameIsMajordomos) {
  EXPECT_EQ(&dialect_named("majordomo"), &kMajordomo);
  EXPECT_EQ(&dialect_named("esperanto"), &kMajordomo);
}

TEST(Dialect, SettingsTakeAWordOfAnyDialect) {
  EXPECT_EQ(verb_in_any("Signoff"), Verb::unsubscribe);
  EXPECT_EQ(verb_in_any("sign"), std::nullopt);
}

}  // namespace
}  // namespace majlis::tongues
