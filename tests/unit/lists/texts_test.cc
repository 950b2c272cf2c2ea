#include "lists/texts.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "lists/built_in_texts.h"

namespace majlis::lists {
namespace {

TEST(Texts, AValueIsNeverReadAgain) { EXPECT_EQ(fill_in("a ${x} b", {{"x", "${y}"}, {"y", "secret"}}), "a ${y} b"); }

TEST(Texts, AnUnknownOrUnfinishedPlaceholderStays) {
  EXPECT_EQ(fill_in("${nobody} ${", {}), "${nobody} ${");
  EXPECT_EQ(fill_in("", {}), "");
}

// A part is put into another text and has no Subject of its own.
TEST(Texts, EveryTextHasASubjectAndIsUtf8) {
  ASSERT_FALSE(built_in_texts().empty());
  for (const BuiltInText& text : built_in_texts()) {
    EXPECT_EQ(text.content.starts_with("Subject: "), !text.name.starts_with("part_"))
        << text.language << "/" << text.name;
    EXPECT_TRUE(is_valid_utf8(text.content)) << text.language << "/" << text.name;
  }
}

TEST(Texts, FrenchHasNoTextThatEnglishLacks) {
  for (const BuiltInText& text : built_in_texts()) {
    EXPECT_FALSE(built_in_text("en", text.name).empty()) << text.name;
  }
}

// A translation that forgets the token would leave people without an answer to give.
TEST(Texts, TranslationsUseTheSamePlaceholders) {
  const auto placeholders = [](std::string_view text) {
    std::set<std::string> names;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
      names.insert(std::string(text.substr(at, text.find('}', at) - at)));
    }
    return names;
  };
  for (const BuiltInText& text : built_in_texts()) {
    EXPECT_EQ(placeholders(text.content), placeholders(built_in_text("en", text.name)))
        << text.language << "/" << text.name;
  }
}

}  // namespace
}  // namespace majlis::lists
