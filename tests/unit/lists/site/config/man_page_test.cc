// Settings in the code and settings in the man pages are compared both ways.
#include <gtest/gtest.h>

#include <set>

#include "base/file.h"
#include "base/text.h"
#include "lists/site/config/settings.h"
#include "lists/site/site_config.h"

namespace majlis::lists {
namespace {

using Names = std::set<std::string>;

// The words that head an item of a page's list: ".It Ic name" in mdoc(7).
Names names_in_page(const std::string& name) {
  const Result<std::string> page = read_file(std::string(MAJLIS_SOURCE_DIR) + "/doc/man/" + name, 1'000'000);
  EXPECT_TRUE(page.ok()) << page.error().what;
  Names names;
  if (!page) return names;
  std::string_view rest = *page;
  while (const std::optional<std::string_view> line = next_line(rest)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.size() >= 3 && words[0] == ".It" && words[1] == "Ic") names.emplace(words[2]);
  }
  return names;
}

TEST(ManPage, OfTheListConfigurationNamesEverySettingAndNoOther) {
  Names names;
  for (const SettingSpec& spec : all_settings()) names.emplace(spec.name);
  EXPECT_EQ(names_in_page("majlis-list.conf.5"), names);
}

TEST(ManPage, OfTheSiteConfigurationNamesEveryKeyAndNoOther) {
  Names names;
  const std::string sample = SiteConfig().write();
  std::string_view rest = sample;
  while (const std::optional<std::string_view> line = next_line(rest)) {
    if (!line->empty() && line->front() != '#') names.emplace(split_words(*line).front());
  }
  EXPECT_EQ(names_in_page("majlis-site.conf.5"), names);
}

TEST(ManPage, SaysTheDefaultAndTheChoicesOfEverySetting) {
  const Result<std::string> page = read_file(std::string(MAJLIS_SOURCE_DIR) + "/doc/man/majlis-list.conf.5", 1'000'000);
  ASSERT_TRUE(page.ok()) << page.error().what;
  for (const SettingSpec& spec : all_settings()) {
    const std::size_t at = page->find(".It Ic " + std::string(spec.name) + "\n");
    ASSERT_NE(at, std::string::npos) << spec.name;
    const std::string item = page->substr(at, page->find("\n.It Ic", at + 1) - at);
    if (!spec.default_value.empty()) {
      EXPECT_NE(item.find("Default: " + std::string(spec.default_value) + "."), std::string::npos) << spec.name;
    }
    for (const std::string_view choice : split_at(spec.choices, '|')) {
      EXPECT_NE(item.find(choice), std::string::npos) << spec.name << ' ' << choice;
    }
    EXPECT_EQ(spec.not_obeyed.empty(), item.find("Not obeyed:") == std::string::npos) << spec.name;
  }
}

}  // namespace
}  // namespace majlis::lists
