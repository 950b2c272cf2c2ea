#include "lists/site/config/config_fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/regex.h"
#include "base/text.h"
#include "lists/site/config/list_config.h"
#include "lists/site/sentences.h"
#include "lists/site/text/built_in_texts.h"
#include "tests/unit/lists/site/sentence_words.h"

namespace majlis::lists {
namespace {

using ::testing::ElementsAre;
using Words = std::set<std::string>;

TEST(ConfigFaults, EveryIdHasASentenceInEveryLanguageWithItsOwnValues) {
  std::map<std::string, Words> wanted;
  for (const FaultRow& row : fault_table()) {
    Words& words = wanted[std::string(row.word)];
    for (const std::string_view word : split_words(row.values)) words.emplace(word);
  }
  ASSERT_EQ(wanted.size(), fault_table().size());
  for (const char* language : {"en", "fr"}) {
    std::map<std::string, Words> found;
    for (const Sentence& sentence : parse_sentences(built_in_text(language, kConfigFaultsText))) {
      found[std::string(sentence.id)] = words_in(sentence.words);
    }
    EXPECT_EQ(found, wanted) << language;
  }
}

TEST(ConfigFaults, TheReasonOfASettingThatIsOnlyKeptIsASentence) {
  for (const SettingSpec& spec : all_settings()) {
    if (spec.not_obeyed.empty()) continue;
    EXPECT_NE(built_in_sentence("en", kConfigFaultsText, spec.not_obeyed), "") << spec.name;
  }
}

// What is said in another language is what stands in the log: no fault is without its phrase, none without a value.
TEST(ConfigFaults, EveryProblemOfATextIsAPhraseToo) {
  const ListConfig::Parsed parsed = ListConfig::parse(
      "subscribe_policy = opne\nmoderate = perhaps\nmaxlength = -1\nowner = not an address\nrenewal = sometimes\n"
      "renewal_delay_days = x\nsender = a b\nrestrict_post = a/b\ntaboo_body << END\n/(/\nEND\ntaboo_headers << "
      "E\nx\nE\n"
      "message_headers << F\nFrom: x\nF\nadmin_passwd = short\ndescription << G\nx\nG\nrubbish\nfoo = \xFF\n"
      "message_footer << H\n\x01\nH\nreply_to << I\n");
  EXPECT_EQ(parsed.problems.size(), 17U);
  for (const ConfigProblem& problem : parsed.problems) {
    EXPECT_NE(problem.phrase.id, "") << problem.what;
    EXPECT_EQ(in_english(problem.phrase), problem.what);
    EXPECT_EQ(problem.what.find("${"), std::string::npos) << problem.what;
  }
}

// The engine's own words are English.
TEST(ConfigFaults, WhatIsWrongWithAPatternIsSaidInEveryLanguage) {
  for (const char* pattern : {"/[[.nothing.]]/", "/[[:nothing:]]/", "/x(?<a/", "/(a)\\2/", "/soup[a/", "/(a/",
                              "/a{3,2}/", "/*a/", "soup", "m", "/soup", "//", "/soup/z"}) {
    const Phrase phrase = fault_in_pattern(pattern, Pattern::parse(pattern).error());
    for (const char* language : {"en", "fr"}) {
      const std::string said = fill_in(built_in_sentence(language, kConfigFaultsText, phrase.id), phrase.values);
      EXPECT_THAT(said, ::testing::HasSubstr(pattern)) << language;
      EXPECT_THAT(said, ::testing::Not(::testing::HasSubstr("${"))) << language;
      EXPECT_THAT(said, ::testing::Not(::testing::HasSubstr("regular expression"))) << language;
    }
  }
}

TEST(ConfigFaults, TheKeywordStandsInFront) {
  EXPECT_EQ(in_english(about("owner", fault_of(FaultId::no_address, "x\x07"))),
            "owner: 'x\\x07' is not a mail address");
  EXPECT_EQ(in_english(fault_of(FaultId::no_assignment, "x")), "'x' does not begin 'key = value' or 'key << TAG'");
}

}  // namespace
}  // namespace majlis::lists
