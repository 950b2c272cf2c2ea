#include "lists/site/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "base/file.h"
#include "lists/site/text/built_in_texts.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Sentences, ALineThatBeginsWithTwoBlanksGoesOn) {
  const std::vector<Sentence> sentences = parse_sentences("# one\na = first\n  second\n\nb.one =     ${x} = y\n");
  ASSERT_THAT(sentences, SizeIs(2));
  EXPECT_EQ(sentences[0].id, "a");
  EXPECT_EQ(sentences[0].words, "first\nsecond");
  EXPECT_EQ(sentences[0].line, 2U);
  EXPECT_EQ(sentences[1].id, "b.one");
  EXPECT_EQ(sentences[1].words, "    ${x} = y");
}

TEST(Sentences, WhatIsNoSentenceIsLeftOut) {
  for (const char* text : {"", "\n", "=", " = ", "# a = b\n", "  a = b\n", "a= b\n", "a\n"}) {
    EXPECT_THAT(parse_sentences(text), IsEmpty()) << text;
  }
}

TEST(Sentences, FrenchSpeaksOfNoneAsOfOne) {
  EXPECT_TRUE(is_singular("en", "1"));
  EXPECT_FALSE(is_singular("en", "0"));
  EXPECT_TRUE(is_singular("fr", "0"));
  EXPECT_FALSE(is_singular("fr", "2"));
}

TEST(Sentences, TheBuiltInTableHoldsTheTextsAsTheyAreReadHere) {
  std::size_t count = 0;
  for (const char* language : {"en", "fr"}) {
    for (const char* text : {"config_faults", "reasons", "replies"}) {
      for (const Sentence& sentence : parse_sentences(built_in_text(language, text))) {
        EXPECT_EQ(built_in_sentence(language, text, sentence.id), sentence.words) << language << " " << sentence.id;
        ++count;
      }
    }
  }
  for (const BuiltInSentences& table : built_in_sentences()) count -= table.places.size();
  EXPECT_EQ(count, 0U);
  EXPECT_EQ(built_in_sentence("en", "replies", "nothing"), "");
}

class SentencesOfASite : public ScratchList {
 protected:
  void override_french(const std::string& text) const {
    ASSERT_TRUE(make_directories(site_->directory() + "/texts/fr", 0700).ok());
    ASSERT_TRUE(replace_file(site_->directory() + "/texts/fr/replies.txt", text, 0600).ok());
  }
};

TEST_F(SentencesOfASite, OneIsSpokenOfAsOne) {
  Sentences replies(*site_, "replies");
  EXPECT_EQ(replies.say("en", "who_count", {{"count", "1"}}), "1 subscriber");
  EXPECT_EQ(replies.say("en", "who_count", {{"count", "0"}}), "0 subscribers");
  EXPECT_EQ(replies.say("fr", "who_count", {{"count", "0"}}), "0 abonn\xC3\xA9");
}

TEST_F(SentencesOfASite, ItsOwnSentencesComeFirst) {
  override_french("who_head = ${list} !\nwho_count = ${count} cuisiniers\n");
  Sentences replies(*site_, "replies");
  EXPECT_EQ(replies.say("fr", "who_head", {{"list", "cooks"}}), "cooks !");
  EXPECT_EQ(replies.say("fr", "who_count", {{"count", "2"}}), "2 cuisiniers");
  EXPECT_EQ(replies.say("fr", "which_none", {}), "Rien trouv\xC3\xA9");
  EXPECT_EQ(replies.say("en", "who_head", {{"list", "cooks"}}), "Members of list 'cooks':");
}

TEST_F(SentencesOfASite, ALanguageWithoutSentencesSpeaksEnglish) {
  EXPECT_EQ(Sentences(*site_, "replies").say("eo", "which_none", {}), "No matches found");
}

}  // namespace
}  // namespace majlis::lists
