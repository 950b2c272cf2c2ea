#include "tongues/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tongues/listserv.h"
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

TEST(Dialect, ListservVerbsHaveLeastLengthsOfTheirOwn) {
  const auto verb_of = [](std::string_view word) {
    const VerbRow* row = match_verb(kListserv, word).row;
    return row == nullptr ? Verb::not_understood : row->verb;
  };
  for (const char* word : {"SU", "SIGN", "UNS", "UNSU", "REVIEWS", "DE", "RE", "IND EX", "o", "joi", "se", ""}) {
    EXPECT_EQ(verb_of(word), Verb::not_understood) << word;
  }
  EXPECT_EQ(verb_of("SUB"), Verb::subscribe);
  EXPECT_EQ(verb_of("subs"), Verb::subscribe);
  EXPECT_EQ(verb_of("Unsub"), Verb::unsubscribe);
  EXPECT_EQ(verb_of("IN"), Verb::info);
  EXPECT_EQ(verb_of("IND"), Verb::index);
  EXPECT_EQ(verb_of("Q"), Verb::show);
  EXPECT_EQ(verb_of("QU"), Verb::show);
  EXPECT_EQ(verb_of("DEL"), Verb::remove);
  EXPECT_EQ(verb_of("L"), Verb::lists);
  EXPECT_EQ(verb_of("ok"), Verb::auth);
  for (const VerbRow& row : kListserv.verbs) {
    EXPECT_GE(row.least, 1U) << row.word;
    EXPECT_LE(row.least, row.word.size()) << row.word;
  }
}

TEST(Dialect, ListservOptionsHaveLeastLengthsOfTheirOwn) {
  EXPECT_EQ(match_option(kListserv, "M")->option, "mail");
  EXPECT_EQ(match_option(kListserv, "nom")->option, "nomail");
  EXPECT_EQ(match_option(kListserv, "NOMIME")->option, "plain");
  EXPECT_EQ(match_option(kListserv, "digest")->option, "digest");
  EXPECT_EQ(match_option(kListserv, "no"), nullptr);
  EXPECT_EQ(match_option(kListserv, "hunter2"), nullptr);
  EXPECT_EQ(match_option(kMajordomo, "mail"), nullptr);
}

TEST(Dialect, AnUnknownNameIsMajordomos) {
  EXPECT_EQ(&dialect_named("listserv"), &kListserv);
  EXPECT_EQ(&dialect_named("majordomo"), &kMajordomo);
  EXPECT_EQ(&dialect_named("esperanto"), &kMajordomo);
}

TEST(Dialect, SettingsTakeAWordOfAnyDialect) {
  EXPECT_EQ(verb_in_any("Signoff"), Verb::unsubscribe);
  EXPECT_EQ(verb_in_any("Review"), Verb::who);
  EXPECT_EQ(verb_in_any("scan"), verb_in_any("who"));
  EXPECT_EQ(verb_in_any("sign"), std::nullopt);
}

}  // namespace
}  // namespace majlis::tongues
