#include "lists/site/text_table.h"

#include <gtest/gtest.h>

#include <algorithm>

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
  for (const char* name : {"approval_request", "held_moderator", "part_held_post", "part_held_request"}) {
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
