#include "lists/site/config/topics.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

const std::vector<Topic> kTopics =
    read_topics({"Menus", "News /\\bmarket\\b/i what is sold where", "Tools", "Tools-old"});

TEST(Topics, AreLinesOfANameAPatternAndADescription) {
  ASSERT_EQ(kTopics.size(), 4U);
  EXPECT_EQ(kTopics[1].name, "News");
  EXPECT_EQ(kTopics[1].pattern, "/\\bmarket\\b/i");
  EXPECT_EQ(kTopics[1].description, "what is sold where");
  EXPECT_EQ(read_topic("Paths /usr\\/lib/ files")->description, "files");
  EXPECT_EQ(read_topic("  Soup  hot and cold ")->description, "hot and cold");
}

TEST(Topics, RefuseWhatMeansSomethingElse) {
  for (const char* line : {"ALL", "none", "Re", "Other", "others", "a:b", "a,b", "+a", "-a", "", "/a/", "a /[/"}) {
    EXPECT_FALSE(read_topic(line)) << line;
  }
  EXPECT_TRUE(fault_in_topics("Menus\nmenus"));
  EXPECT_TRUE(fault_in_topics("Menus\nRe"));
  EXPECT_FALSE(fault_in_topics("Menus\n\nNews /a/"));
  std::string many;
  for (std::size_t i = 0; i <= kMaxTopics; ++i) many += "t" + std::to_string(i) + "\n";
  EXPECT_TRUE(fault_in_topics(many));
}

TEST(Topics, AreNamedByABeginningThatIsNoOthers) {
  EXPECT_EQ(topic_named(kTopics, "MEN"), "menus");
  EXPECT_EQ(topic_named(kTopics, " tools "), "tools");
  EXPECT_EQ(topic_named(kTopics, "tools-"), "tools-old");
  EXPECT_EQ(topic_named(kTopics, "oth"), "other");
  EXPECT_EQ(topic_named(kTopics, "too"), std::nullopt);
  EXPECT_EQ(topic_named(kTopics, "fish"), std::nullopt);
  EXPECT_EQ(topic_named(kTopics, ""), std::nullopt);
}

TEST(Topics, AreChosenByReplacingOrByChanging) {
  const auto changed = [](std::string_view choice, const std::vector<std::string>& words) {
    return changed_choice(kTopics, choice, words);
  };
  EXPECT_EQ(changed("", {"news", "Menus"}), "menus,news");
  EXPECT_EQ(changed("tools", {"news"}), "news");
  EXPECT_EQ(changed("tools", {"+news", "+news"}), "news,tools");
  EXPECT_EQ(changed("", {"-menus", "-tools"}), "news,other,tools-old");
  EXPECT_EQ(changed("news", {"-news"}), "none");
  EXPECT_EQ(changed("none", {"+news"}), "news");
  EXPECT_EQ(changed("news", {"ALL"}), "");
  EXPECT_EQ(changed("news", {"none"}), "none");
  EXPECT_EQ(changed("", {"news", "+menus"}), std::nullopt);
  EXPECT_EQ(changed("", {"news", "fish"}), std::nullopt);
  EXPECT_EQ(changed("", {}), std::nullopt);
}

TEST(Topics, OfAPostAreForWhoeverChoseOneOfThem) {
  EXPECT_TRUE(wants_topic("", "menus"));
  EXPECT_TRUE(wants_topic("news", ""));
  EXPECT_TRUE(wants_topic("menus,news", "news,tools"));
  EXPECT_FALSE(wants_topic("menus,news", "tools"));
  EXPECT_FALSE(wants_topic("tools-old", "tools"));
  EXPECT_FALSE(wants_topic("none", "other"));
  EXPECT_TRUE(wants_topic("menus", "all"));
  EXPECT_FALSE(wants_topic("none", "all"));
}

TEST(Topics, AreFoundInAChoice) {
  const auto found = [](std::string_view choice, const std::vector<std::string>& words) {
    return has_topics(kTopics, choice, words);
  };
  EXPECT_EQ(found("menus,news", {"Menu"}), true);
  EXPECT_EQ(found("menus,news", {"menus", "-news"}), false);
  EXPECT_EQ(found("menus,tools", {"+menus", "-news"}), true);
  EXPECT_EQ(found("", {"menus", "other"}), true) << "who did not choose has all";
  EXPECT_EQ(found("", {"-menus"}), false);
  EXPECT_EQ(found("none", {"-menus"}), true);
  EXPECT_EQ(found("none", {"NONE"}), true);
  EXPECT_EQ(found("", {"none"}), false);
  EXPECT_EQ(found("", {"ALL"}), true);
  EXPECT_EQ(found("menus", {"all"}), false);
  EXPECT_EQ(found("menus", {"fish"}), std::nullopt);
  EXPECT_EQ(found("menus", {}), std::nullopt);
}

}  // namespace
}  // namespace majlis::lists
