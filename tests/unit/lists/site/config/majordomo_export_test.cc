// What `majlis config LIST export --dialect majordomo` prints, read as Majordomo 1.94.5 does and as Majlis does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/presets.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The keywords of its config_parse.pl.
constexpr std::string_view kKeywords =
    "admin_passwd administrivia advertise announcements approve_passwd archive_dir comments date_info date_intro debug "
    "description digest_archive digest_issue digest_maxdays digest_maxlines digest_name digest_rm_footer "
    "digest_rm_fronter digest_volume digest_work_dir get_access index_access info_access intro_access maxlength "
    "message_footer message_fronter message_headers moderate moderator mungedomain noadvertise precedence "
    "purge_received reply_to resend_host restrict_post sender strip subject_prefix subscribe_policy taboo_body "
    "taboo_headers unsubscribe_policy welcome which_access who_access";

// Its reader: lines whose first sign is '#' are comments, the rest are "key = value" and here-texts.
std::map<std::string, std::string> as_majordomo_reads(std::string_view text) {
  std::map<std::string, std::string> values;
  while (const auto line = next_line(text)) {
    const std::string_view content = trim(*line);
    if (content.empty() || content.front() == '#') continue;
    const std::size_t equals = content.find('=');
    const std::size_t here = content.find("<<");
    if (here != std::string_view::npos && here < equals) {
      std::string value;
      const std::string_view tag = trim(content.substr(here + 2));
      for (auto each = next_line(text); each && trim(*each) != tag; each = next_line(text)) {
        EXPECT_FALSE(trim(*each).empty()) << content;
        value.append(trim(*each)).append("\n");
      }
      values[std::string(trim(content.substr(0, here)))] = value;
    } else {
      values[std::string(trim(content.substr(0, equals)))] = trim(content.substr(equals + 1));
    }
  }
  return values;
}

std::string exported(const ListConfig& config) { return write_in(majordomo(), config, "cooks"); }

void expect_same_meaning(const ListConfig& config) {
  const ListConfig::Parsed again = ListConfig::parse(exported(config));
  EXPECT_THAT(again.problems, IsEmpty()) << exported(config);
  EXPECT_THAT(again.passwords, IsEmpty());
  for (const SettingSpec& spec : all_settings()) {
    EXPECT_EQ(again.config.text(spec.setting), config.text(spec.setting)) << spec.name;
  }
  EXPECT_EQ(again.config.unknown(), config.unknown());
}

TEST(MajordomoExport, HasItsKeywordsAsLiveLinesAndNoOther) {
  for (const Preset preset : all_presets()) {
    const auto live = as_majordomo_reads(exported(config_for(preset)));
    EXPECT_EQ(live.size(), 47U);
    for (const std::string_view keyword : split_words(kKeywords))
      EXPECT_TRUE(live.contains(std::string(keyword))) << keyword;
  }
}

TEST(MajordomoExport, HasValuesThatItAccepts) {
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::subject_prefix, "[our cooks]").ok());
  const auto live = as_majordomo_reads(exported(config));
  EXPECT_EQ(live.at("subject_prefix"), "") << "one word there";
  EXPECT_EQ(live.at("sender"), "owner-cooks") << "empty, its mail would have no sender";
  EXPECT_EQ(live.at("digest_name"), "cooks");
  EXPECT_EQ(live.at("admin_passwd"), "");
  EXPECT_EQ(live.at("who_access"), "closed") << "its own default is open";
  for (const SettingSpec& spec : all_settings()) {
    const auto found = live.find(std::string(spec.name));
    if (found == live.end()) continue;
    const bool is_word = spec.type == SettingType::boolean || spec.type == SettingType::choice;
    EXPECT_FALSE(is_word && found->second.empty()) << spec.name;
    EXPECT_FALSE(spec.type == SettingType::integer && found->second == "0") << spec.name;
  }
}

TEST(MajordomoExport, ReadsBackToTheSameMeaning) {
  expect_same_meaning(ListConfig());
  for (const Preset preset : all_presets()) expect_same_meaning(config_for(preset));
  const ListConfig::Parsed full = ListConfig::parse(
      "description = Food\nowner << X\nanna@example.org\n\"a b#c\"@example.org\nX\nsubject_prefix = [our cooks]\n"
      "message_footer << X\n-\n-  indented\n# no comment\nEND\n--- \n--x\n-plain\n#majlis: x\nX\n"
      "dialect = listserv\npost_access = open\npersonalize = full\nsender = cook\nrenewal = yearly\n"
      "zebra = 1\nlines << X\n\nEND\na # b\nX\nhash << X\na#b\nX\n");
  ASSERT_THAT(full.problems, IsEmpty());
  expect_same_meaning(full.config);
  EXPECT_THAT(as_majordomo_reads(exported(full.config)).size(), 47U);
}

TEST(MajordomoExport, EverySettingSurvives) {
  for (const SettingSpec& spec : all_settings()) {
    if (spec.type == SettingType::secret) continue;
    for (const std::string_view value : {"yes", "closed", "7", "/x/", "anna@example.org", "hold", "fr", "two words"}) {
      ListConfig config;
      if (config.set(spec.setting, value).ok()) expect_same_meaning(config);
    }
  }
}

TEST(MajordomoExport, MarksWhatIsOurs) {
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::owner, "anna@example.org\nbo@example.org").ok());
  const std::string text = exported(config);
  EXPECT_THAT(text, HasSubstr("\n#majlis: owner               <<  END\n#majlis: anna@example.org\n#majlis: "
                              "bo@example.org\n#majlis: END\n"));
  EXPECT_THAT(text, Not(HasSubstr("\nowner ")));
}

}  // namespace
}  // namespace majlis::lists
