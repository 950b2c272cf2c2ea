#include "lists/site/reasons.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/text.h"
#include "lists/site/sentences.h"
#include "lists/site/text/built_in_texts.h"
#include "tests/unit/lists/scratch_list.h"
#include "tests/unit/lists/site/sentence_words.h"

namespace majlis::lists {
namespace {

using Words = std::set<std::string>;

// The ids of a language's sentences, and what stands in each.
std::map<std::string, Words> sentences_of(std::string_view language) {
  std::map<std::string, Words> sentences;
  for (const Sentence& sentence : parse_sentences(built_in_text(language, kReasonsText))) {
    sentences[std::string(sentence.id)] = words_in(sentence.words);
  }
  return sentences;
}

const Reasons kTwo = {{ReasonId::moderated}, {ReasonId::too_long, {{"size", "9"}, {"limit", "8"}}}};

class ReasonsOfSite : public ScratchList {
 protected:
  std::string french(const Reasons& reasons) const { return reasons_in(*site_, "fr", reasons); }
  void write_own(const std::string& text) const {
    ASSERT_TRUE(make_directories(site_->directory() + "/texts/fr", 0700).ok());
    ASSERT_TRUE(replace_file(site_->directory() + "/texts/fr/reasons.txt", text, 0600).ok());
  }
};

TEST(Reasons, EveryIdHasASentenceInEveryLanguageWithItsOwnValues) {
  std::map<std::string, Words> wanted;
  for (const ReasonRow& row : reason_table()) {
    Words& words = wanted[std::string(row.word)];
    for (const std::string_view word : split_words(row.values)) words.emplace(word);
  }
  EXPECT_EQ(wanted.size(), reason_table().size());
  EXPECT_EQ(sentences_of("en"), wanted);
  EXPECT_EQ(sentences_of("fr"), wanted);
}

TEST(Reasons, AreFoundByTheirWord) {
  for (const ReasonRow& row : reason_table()) EXPECT_EQ(reason_called(row.word), row.id) << row.word;
  EXPECT_EQ(reason_called("loops"), std::nullopt);
}

TEST(Reasons, EnglishIsWhatLogsWereSearchedFor) {
  EXPECT_EQ(in_english(kTwo), "Approval required; Message too long (9 of at most 8 octets)");
  EXPECT_EQ(words_of(kTwo), (std::vector<std::string>{"moderated", "too_long"}));
}

TEST_F(ReasonsOfSite, AreInTheLanguageOfTheList) {
  EXPECT_EQ(french(kTwo), "Approbation requise; Message trop long (9 octets, 8 au plus)");
}

// A value that looks like a placeholder is no placeholder.
TEST_F(ReasonsOfSite, AValueIsNotReadAgain) {
  EXPECT_EQ(french({{ReasonId::taboo_body, {{"pattern", "${pattern}"}}}}), "texte exclu par ${pattern}");
}

TEST_F(ReasonsOfSite, AnOwnSentenceStandsForOneReasonOnly) {
  write_own("moderated = Un instant\n");
  EXPECT_EQ(french(kTwo), "Un instant; Message trop long (9 octets, 8 au plus)");
  EXPECT_EQ(in_english(kTwo), "Approval required; Message too long (9 of at most 8 octets)");
}

TEST_F(ReasonsOfSite, AnEmptyOwnSentenceIsNone) {
  write_own("moderated = \n");
  EXPECT_EQ(french({{ReasonId::moderated}}), "Approbation requise");
}

TEST_F(ReasonsOfSite, AModeratorWhoWroteNothingDecidedSo) {
  EXPECT_EQ(told_reason(*site_, "fr", " \n"),
            "ainsi en a d\xC3\xA9"
            "cid\xC3\xA9 un mod\xC3\xA9rateur");
  EXPECT_EQ(told_reason(*site_, "fr", "Too long."), "Too long.");
}

}  // namespace
}  // namespace majlis::lists
