// Configurations that Majordomo itself, and a site that ran it, wrote.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class MajordomoCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!path_exists(directory_)) GTEST_SKIP() << "no test corpus at " << directory_;
  }
  ListConfig::Parsed parse(const std::string& name) {
    const Result<std::string> text = read_file(directory_ + "/" + name, 1'000'000);
    EXPECT_TRUE(text.ok());
    text_ = text.value();
    return ListConfig::parse(text_);
  }
  std::string directory_ = std::string(MAJLIS_CORPUS_DIR) + "/config/majordomo";
  std::string text_;
};

TEST_F(MajordomoCorpus, UnderstandsWhatWriteconfigWrites) {
  const ListConfig::Parsed parsed = parse("majordomo-1.94.5-default.config");
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_THAT(parsed.config.unknown(), IsEmpty());
  EXPECT_THAT(parsed.not_obeyed, IsEmpty());
  EXPECT_EQ(parsed.config.text(Setting::sender), "owner-demo-list");
  EXPECT_EQ(parsed.config.text(Setting::who_access), "open");
  EXPECT_EQ(parsed.passwords.at(Setting::admin_passwd).text, "demo-list.admin");
  EXPECT_EQ(parsed.passwords.at(Setting::approve_passwd).text, "demo-list.pass");
}

TEST_F(MajordomoCorpus, UnderstandsASitesOwnTemplate) {
  const ListConfig::Parsed parsed = parse("fuqua-template.config");
  EXPECT_THAT(parsed.problems, IsEmpty());
  EXPECT_THAT(parsed.not_obeyed,
              UnorderedElementsAre(::testing::ResultOf(in_english, HasSubstr("non_member_bounce: "))));
  EXPECT_EQ(parsed.config.text(Setting::who_access), "list");
  EXPECT_EQ(parsed.config.text(Setting::noadvertise), "/.*/");
  EXPECT_EQ(parsed.config.text(Setting::subscribe_policy), "closed");
}

TEST_F(MajordomoCorpus, WritesEveryConfigurationBack) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    if (entry.path().extension() != ".config") continue;
    ++count;
    const ListConfig config = parse(entry.path().filename()).config;
    EXPECT_EQ(ListConfig::parse(config.write()).config, config);
    EXPECT_EQ(ListConfig::parse(config.write_into(text_)).config, config);
    EXPECT_EQ(("\n" + config.write_into(text_)).find("\nadmin_passwd "), std::string::npos);
  }
  EXPECT_GE(count, 2);
}

}  // namespace
}  // namespace majlis::lists
