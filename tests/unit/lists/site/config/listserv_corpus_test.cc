// Headers of lists that LISTSERV ran, and of its tools.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "lists/site/config/dialect.h"

namespace majlis::lists {
namespace {

using testing::IsEmpty;

class ListservCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!path_exists(directory_)) GTEST_SKIP() << "no test corpus at " << directory_;
  }
  ListConfig parse(const std::string& name) {
    const Result<std::string> text = read_file(directory_ + "/" + name, 1'000'000);
    EXPECT_TRUE(text.ok()) << name;
    ListConfig::Parsed parsed = ListConfig::parse(text.value(), listserv(), {});
    for (const ConfigProblem& problem : parsed.problems) ADD_FAILURE() << name << problem.line << problem.what;
    return parsed.config;
  }
  std::string directory_ = std::string(MAJLIS_CORPUS_DIR) + "/config/listserv";
};

TEST_F(ListservCorpus, EveryHeaderIsReadAndWrittenBackToTheSameMeaning) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
    if (entry.path().extension() != ".list") continue;
    ++count;
    const ListConfig config = parse(entry.path().filename());
    const std::string written = write_in(listserv(), config, "x");
    const ListConfig::Parsed again = ListConfig::parse(written, listserv(), config);
    EXPECT_THAT(again.problems, IsEmpty()) << written;
    EXPECT_EQ(again.config, config) << written;
    const ListConfig other = ListConfig::parse(written, listserv(), {}).config;
    for (const SettingSpec& spec : all_settings()) EXPECT_EQ(other.text(spec.setting), config.text(spec.setting));
    EXPECT_EQ(other.unknown(), config.unknown());
    EXPECT_EQ(ListConfig::parse(config.write()).config, config);
  }
  EXPECT_GE(count, 5);
}

TEST_F(ListservCorpus, ALiveHeaderMeansWhatItSays) {
  const ListConfig lectures = parse("slac-public-lectures.list");
  EXPECT_EQ(lectures.text(Setting::description), "Those interested in attending SLAC public lectures");
  EXPECT_EQ(lectures.text(Setting::commands_off), "subscribe");
  EXPECT_TRUE(lectures.is_on(Setting::moderate));
  EXPECT_EQ(lectures.text(Setting::reply_to_mode), "author");
  EXPECT_EQ(lectures.integer(Setting::maxlength), 5 * 1024 * 1024);
  EXPECT_EQ(lectures.text(Setting::owner), "owner.one@example.edu");
  EXPECT_EQ(lectures.choice(Setting::get_access), "list");
  const ListConfig tracking = parse("madphox-tracking.list");
  EXPECT_EQ(tracking.choice(Setting::post_access), "open");
  EXPECT_EQ(tracking.choice(Setting::who_access), "list");
  EXPECT_EQ(tracking.choice(Setting::subscribe_policy), "open+confirm");
  const ListConfig notices = parse("resnet-notice.list");
  EXPECT_EQ(notices.addresses(Setting::owner).size(), 4U);
  EXPECT_EQ(notices.choice(Setting::post_access), "closed");
  EXPECT_FALSE(notices.is_on(Setting::archive));
  EXPECT_EQ(parse("aegee-quiet-crlf.list").addresses(Setting::owner).size(), 2U);
  const ListConfig sample = parse("syracuse-sample.list");
  EXPECT_EQ(sample.text(Setting::attachments), "no");
  EXPECT_EQ(sample.text(Setting::owner), "jeandoe@example.edu");
}

}  // namespace
}  // namespace majlis::lists
