#include "lists/site/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "lists/site/text/built_in_texts.h"
#include "lists/site/text_table.h"

namespace majlis::lists {
namespace {

TEST(Texts, AValueIsNeverReadAgain) { EXPECT_EQ(fill_in("a ${x} b", {{"x", "${y}"}, {"y", "secret"}}), "a ${y} b"); }

TEST(Texts, AnUnknownOrUnfinishedPlaceholderStays) {
  EXPECT_EQ(fill_in("${nobody} ${", {}), "${nobody} ${");
  EXPECT_EQ(fill_in("", {}), "");
}

// A part is put into another text and has no Subject of its own; sentences of answers have none either.
TEST(Texts, EveryTextHasASubjectAndIsUtf8) {
  ASSERT_FALSE(built_in_texts().empty());
  for (const BuiltInText& text : built_in_texts()) {
    const TextRow* row = find_text(text.name);
    ASSERT_NE(row, nullptr) << text.name;
    const bool is_letter = !text.name.starts_with("part_") && row->about != About::sentences;
    EXPECT_EQ(text.content.starts_with("Subject: "), is_letter) << text.language << "/" << text.name;
    EXPECT_TRUE(is_valid_utf8(text.content)) << text.language << "/" << text.name;
  }
}

TEST(Texts, FrenchHasNoTextThatEnglishLacks) {
  for (const BuiltInText& text : built_in_texts()) {
    EXPECT_FALSE(built_in_text("en", text.name).empty()) << text.name;
  }
}

struct Parts {
  std::string_view subject;
  std::string_view body;
};

Parts parts_of(std::string_view text) {
  if (!text.starts_with("Subject: ")) return {"", text};
  const std::size_t end = text.find('\n');
  return {text.substr(0, end), text.substr(end)};
}

std::multiset<std::string> placeholders(std::string_view text) {
  std::multiset<std::string> names;
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
    names.insert(std::string(text.substr(at, text.find('}', at) - at)));
  }
  return names;
}

// A translation that forgets the token would leave people without an answer to give; one that forgets it in the Subject
// breaks the answer of one word.
TEST(Texts, TranslationsUseTheSamePlaceholdersInTheSamePart) {
  for (const BuiltInText& text : built_in_texts()) {
    const Parts parts = parts_of(text.content);
    const Parts english = parts_of(built_in_text("en", text.name));
    EXPECT_EQ(placeholders(parts.subject), placeholders(english.subject)) << text.language << "/" << text.name;
    EXPECT_EQ(placeholders(parts.body), placeholders(english.body)) << text.language << "/" << text.name;
  }
}

}  // namespace
}  // namespace majlis::lists
