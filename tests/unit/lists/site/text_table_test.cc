#include "lists/site/text_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/text/built_in_texts.h"
#include "lists/site/texts.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

TEST(TextTable, HoldsEveryBuiltInTextAndNoOther) {
  for (const BuiltInText& text : built_in_texts()) EXPECT_NE(find_text(text.name), nullptr) << text.name;
  for (const TextRow& row : text_table()) EXPECT_FALSE(built_in_text("en", row.name).empty()) << row.name;
  EXPECT_EQ(find_text("nothing"), nullptr);
  EXPECT_TRUE(std::is_sorted(text_table().begin(), text_table().end(),
                             [](const TextRow& left, const TextRow& right) { return left.name < right.name; }));
}

TEST(TextTable, NoBuiltInTextHasAFault) {
  for (const BuiltInText& text : built_in_texts()) {
    EXPECT_EQ(fault_in(*find_text(text.name), text.content), "") << text.language << "/" << text.name;
  }
}

// What is put in has no language of its own here: "<>" stands for it.
std::string without_values(std::string_view text) {
  std::string left;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${")) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    left += std::string(text.substr(0, at)) + "<>";
    text.remove_prefix(end + 1);
  }
  return left + std::string(text);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }

// The first English word that no French sentence has; "" for none. Words in capitals are commands.
std::string english_word_in(std::string_view text) {
  constexpr std::array<std::string_view, 16> kWords = {"the",  "is",  "of",  "and",  "you",  "your", "with", "was",
                                                       "this", "has", "are", "that", "will", "not",  "been", "it"};
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string written(text.substr(at, end - at));
    const std::string word = to_lower_ascii(written);
    const bool is_command = std::none_of(written.begin(), written.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_command && std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return word;
    at = end + 1;
  }
  return {};
}

void expect_french(const std::string& name, std::string_view french, std::string_view english) {
  const std::string words = without_values(french);
  EXPECT_EQ(english_word_in(words), "") << name << ": " << words;
  const bool says_something = std::any_of(words.begin(), words.end(), is_letter);
  EXPECT_TRUE(!says_something || words != without_values(english)) << name << ": " << words;
}

TEST(TextTable, NothingThatIsSaidInFrenchIsEnglish) {
  for (const TextRow& row : text_table()) {
    if (row.about == About::sentences) continue;
    expect_french(std::string(row.name), built_in_text("fr", row.name), built_in_text("en", row.name));
    EXPECT_NE(built_in_text("fr", row.name), "") << row.name;
  }
  for (const BuiltInSentence& sentence : built_in_sentences()) {
    if (sentence.language != "en") continue;
    const std::string name = std::string(sentence.text) + " " + std::string(sentence.id);
    const std::string_view french = built_in_sentence("fr", sentence.text, sentence.id);
    EXPECT_NE(french, "") << name;
    expect_french(name, french, sentence.words);
  }
  EXPECT_EQ(english_word_in("C'est la liste"), "");
  EXPECT_EQ(english_word_in("un motif (The end)"), "the");
}

// A telephone shows no more, and many programs wrap what is longer. What is put in may be long.
TEST(TextTable, NoticesHaveNoLongLines) {
  const TextValues words = {{"accept", "accept"}, {"reject", "reject"}, {"discard", "discard"},
                            {"trust", "trust"},   {"ban", "ban"},       {"claim", "claim"}};
  for (const char* language : {"en", "fr"}) {
    for (const char* name : {"held_moderator", "held_moderator_listserv", "approval_request", "claimed"}) {
      const std::string text = fill_in(built_in_text(language, name), words);
      std::string_view rest = text;
      while (const auto line = next_line(rest)) {
        const auto columns = std::count_if(line->begin(), line->end(), [](char c) { return (c & 0xC0) != 0x80; });
        EXPECT_LE(columns, 78) << language << "/" << name << ": " << *line;
      }
    }
  }
}

TEST(TextTable, AWordThatNothingIsPutInForIsAFault) {
  EXPECT_EQ(fault_in(*find_text("welcome"), "Subject: Hello\n\n${addres}\n"), "nothing is put in for ${addres}");
  EXPECT_EQ(fault_in(*find_text("part_left_out"), "${list}"), "nothing is put in for ${list}");
  EXPECT_EQ(fault_in(*find_text("part_no_reason"), "${list} ${"), "");
}

TEST(TextTable, ALetterHasASubjectAndIsUtf8) {
  EXPECT_EQ(fault_in(*find_text("welcome"), "Hello\n"), "its first line is no \"Subject: ...\"");
  EXPECT_EQ(fault_in(*find_text("welcome"), "Subject: \xE9\n"), "it is not UTF-8");
}

TEST(TextTable, AChallengeWithoutAnAnswerIsAFault) {
  const TextRow& row = *find_text("challenge_subscribe");
  EXPECT_NE(fault_in(row, "Subject: Hello\n\n${address}\n").find("${confirm_lines} or ${confirm_line} or ${token}"),
            std::string::npos);
  for (const char* word : {"${confirm_lines}", "${confirm_line}", "auth ${token} subscribe ${list} ${address}"}) {
    EXPECT_EQ(fault_in(row, std::string("Subject: Hello\n\n") + word + "\n"), "") << word;
  }
}

TEST(TextTable, ANoticeWithoutADecisionIsAFault) {
  for (const char* name :
       {"approval_request", "held_moderator", "held_moderator_listserv", "part_held_post", "part_held_request"}) {
    const TextRow& row = *find_text(name);
    EXPECT_NE(
        fault_in(row, "Subject: Hello\n\n${accept}, ${reject} or ${discard}\n").find("it lacks ${decide_lines} or"),
        std::string::npos)
        << name;
    for (const char* word : {"${decide_lines}", "accept ${token}\nreject ${token} why"}) {
      EXPECT_EQ(fault_in(row, std::string("Subject: Hello\n\n") + word + "\n"), "") << name << ": " << word;
    }
  }
}

class TextsOfASite : public ScratchList {
 protected:
  void put(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(make_directories(site_->directory() + "/texts/en", 0700).ok());
    ASSERT_TRUE(replace_file(site_->directory() + "/texts/en/" + name + ".txt", text, 0600).ok());
  }
};

TEST_F(TextsOfASite, ComeFirst) {
  put("welcome", "Subject: Hi ${address}\n\nYes.\n");
  EXPECT_EQ(render_text(*site_, "en", "welcome", {{"address", "ann"}}).subject, "Hi ann");
}

TEST_F(TextsOfASite, AreNotUsedWithoutTheAnswerThatTheyAskFor) {
  put("challenge_subscribe", "Subject: Hi\n\nYes?\n");
  EXPECT_EQ(render_text(*site_, "en", "challenge_subscribe", {{"list", "cooks"}, {"subject_token", ""}}).subject,
            "Confirmation for subscribe cooks");
  put("part_held_post", "Something waits.\n");
  EXPECT_NE(render_text(*site_, "en", "part_held_post", {{"decide_lines", "accept 1"}}).body.find("\naccept 1\n"),
            std::string::npos);
}

// As a site wrote it before there was ${decide_lines}.
TEST_F(TextsOfASite, MaySpellTheDecisionThemselves) {
  put("held_moderator", "Subject: [${token}]\n\naccept ${token}\nreject ${token}\n");
  EXPECT_EQ(render_text(*site_, "en", "held_moderator", {{"token", "a.b"}, {"decide_lines", "c"}}).body,
            "accept a.b\nreject a.b\n");
}

}  // namespace
}  // namespace majlis::lists
