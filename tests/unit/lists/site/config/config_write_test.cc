#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

ListConfig accepted(std::string_view text) {
  ListConfig::Parsed parsed = ListConfig::parse(text);
  EXPECT_THAT(parsed.problems, IsEmpty()) << text;
  return parsed.config;
}

void expect_same_again(const ListConfig& config) {
  const ListConfig::Parsed again = ListConfig::parse(config.write());
  EXPECT_THAT(again.problems, IsEmpty());
  EXPECT_EQ(again.config, config) << config.write();
}

constexpr std::string_view kFull =
    "description = Food, and drink\nowner << X\nanna@example.org\n\"a b#c\"@example.org\nX\nnoadvertise = /.*/\n"
    "message_footer << X\n-\n-  indented\n# no comment\nEND\nEND1\n--\n-\n--x\n-plain\nX\nrestrict_post = "
    "a:b\nmaxlength = 9\n"
    "zebra = 1\nlines << X\n\nEND\na # b\nX\nhash << X\na#b\nX\n";

TEST(ConfigWrite, ParsesBackToAnEqualOne) {
  expect_same_again(ListConfig());
  expect_same_again(accepted(kFull));
}

TEST(ConfigWrite, ShowsEverySettingThatIsObeyed) {
  const std::string text = ListConfig().write();
  for (const SettingSpec& spec : all_settings()) {
    if (!spec.not_obeyed.empty()) continue;
    EXPECT_THAT(text, HasSubstr("# " + std::string(spec.name) + " [")) << spec.name;
  }
}

// What `config` mails is sent back through mail programs that break longer lines.
TEST(ConfigWrite, NoLineIsLongerThanMailProgramsLeaveIt) {
  const std::string text = ListConfig().write();
  std::string_view rest = text;
  while (const auto line = next_line(rest)) EXPECT_LE(line->size(), 72U) << *line;
}

TEST(ConfigWrite, UncommentingTheDefaultsChangesNoMeaning) {
  std::string text;
  const std::string written = ListConfig().write();
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = written.find('\n', at) + 1;
    const std::string line = written.substr(at, end - at);
    text += line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) : line;
    at = end;
  }
  const ListConfig config = accepted(text);
  for (const SettingSpec& spec : all_settings()) EXPECT_EQ(config.text(spec.setting), spec.default_value) << spec.name;
}

TEST(ConfigWrite, IntoTheSameTextChangesNothing) {
  EXPECT_EQ(accepted(kFull).write_into(kFull), kFull);
  const std::string odd = "\n# mine\r\nMODERATE=YES   # keep\r\n\n\tprivate_who = no";
  EXPECT_EQ(accepted(odd).write_into(odd), odd);
}

TEST(ConfigWrite, IntoATextTouchesOnlyWhatChanged) {
  const std::string original = "# mine\nwho_access=list # why\n\nmoderate = no\n# end\n";
  ListConfig config = accepted(original);
  ASSERT_TRUE(config.set(Setting::who_access, "closed").ok());
  EXPECT_EQ(config.write_into(original), "# mine\nwho_access          =   closed  # why\n\nmoderate = no\n# end\n");
  config.unset(Setting::who_access);
  EXPECT_EQ(config.write_into(original), "# mine\n\nmoderate = no\n# end\n");
}

TEST(ConfigWrite, AppendsWhatIsNewBehindAMissingLineEnd) {
  const std::string original = "moderate = no";
  ListConfig config = accepted(original);
  ASSERT_TRUE(config.set(Setting::message_footer, "one\n\ntwo").ok());
  const std::string written = config.write_into(original);
  EXPECT_TRUE(written.starts_with("moderate = no\n\n# message_footer [string_array]\n")) << written;
  EXPECT_EQ(accepted(written), config);
}

TEST(ConfigWrite, ReplacesTheAssignmentThatCountsAndDropsTheEarlierOnes) {
  const std::string original = "private_who = no\nhold_days = 3\nwho_access = list\n";
  ListConfig config = accepted(original);
  ASSERT_TRUE(config.set(Setting::who_access, "closed").ok());
  EXPECT_EQ(config.write_into(original), "hold_days = 3\nwho_access          =   closed\n");
}

TEST(ConfigWrite, TakesPasswordsOutOfAPersonsFile) {
  const std::string original = "# x\nadmin_passwd = correct-horse\nsite_password = topsecret\nmoderate = yes\n";
  const std::string written = accepted(original).write_into(original);
  EXPECT_EQ(written, "# x\nmoderate = yes\n");
}

TEST(ConfigWrite, IntoATextThatIsNotAcceptedReplacesIt) {
  ListConfig config = accepted("moderate = yes");
  EXPECT_EQ(config.write_into("comments << END\nno end"), config.write());
}

TEST(ConfigWrite, HoldsAfterEveryPossibleChange) {
  for (const SettingSpec& spec : all_settings()) {
    if (spec.type == SettingType::secret) continue;
    for (const std::string_view value : {"yes", "closed", "7", "/x/", "anna@example.org", "hold", "fr", "listserv"}) {
      ListConfig config = accepted(kFull);
      if (!config.set(spec.setting, value).ok()) continue;
      EXPECT_EQ(accepted(config.write_into(kFull)), config) << spec.name;
      expect_same_again(config);
    }
    ListConfig config = accepted(kFull);
    config.unset(spec.setting);
    EXPECT_EQ(accepted(config.write_into(kFull)), config) << spec.name;
  }
}

}  // namespace
}  // namespace majlis::lists
