#include "lists/site/config/settings.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "lists/site/config/setting_value.h"

namespace majlis::lists {
namespace {

TEST(Settings, HaveNamesThatAreFoundInAnyCaseAndOnlyOnce) {
  std::set<std::string_view> names;
  for (const SettingSpec& spec : all_settings()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_EQ(find_setting(spec.name), &spec);
    EXPECT_EQ(&spec_of(spec.setting), &spec);
  }
  EXPECT_EQ(find_setting("Subscribe_POLICY"), &spec_of(Setting::subscribe_policy));
  EXPECT_EQ(find_setting("subscribe_polic"), nullptr);
  EXPECT_EQ(find_setting(""), nullptr);
}

TEST(Settings, HaveDefaultsInTheirNormalForm) {
  for (const SettingSpec& spec : all_settings()) {
    const Result<std::string> normal = normalise_value(spec, spec.default_value);
    ASSERT_TRUE(normal.ok()) << normal.error().what;
    EXPECT_EQ(*normal, spec.default_value) << spec.name;
  }
}

TEST(Settings, SayWhatTheyAre) {
  for (const SettingSpec& spec : all_settings()) {
    EXPECT_FALSE(spec.description.empty()) << spec.name;
    EXPECT_EQ(spec.description.find('\n'), std::string_view::npos) << spec.name;
    EXPECT_EQ(spec.choices.empty(), spec.type != SettingType::choice) << spec.name;
    EXPECT_EQ(spec.maximum > 0, spec.type == SettingType::integer) << spec.name;
    EXPECT_TRUE(spec.requirement.empty() || spec.requirement.starts_with("TR-")) << spec.name;
  }
}

TEST(Settings, KeepEveryKeywordOfMajordomo) {
  for (const std::string_view name : {"admin_passwd",
                                      "administrivia",
                                      "advertise",
                                      "announcements",
                                      "approve_passwd",
                                      "archive_dir",
                                      "comments",
                                      "date_info",
                                      "date_intro",
                                      "debug",
                                      "description",
                                      "digest_archive",
                                      "digest_issue",
                                      "digest_maxdays",
                                      "digest_maxlines",
                                      "digest_name",
                                      "digest_rm_footer",
                                      "digest_rm_fronter",
                                      "digest_volume",
                                      "digest_work_dir",
                                      "get_access",
                                      "index_access",
                                      "info_access",
                                      "intro_access",
                                      "maxlength",
                                      "message_footer",
                                      "message_fronter",
                                      "message_headers",
                                      "moderate",
                                      "moderator",
                                      "mungedomain",
                                      "noadvertise",
                                      "precedence",
                                      "purge_received",
                                      "reply_to",
                                      "resend_host",
                                      "restrict_post",
                                      "sender",
                                      "strip",
                                      "subject_prefix",
                                      "subscribe_policy",
                                      "taboo_body",
                                      "taboo_headers",
                                      "unsubscribe_policy",
                                      "welcome",
                                      "which_access",
                                      "who_access"}) {
    EXPECT_NE(find_setting(name), nullptr) << name;
  }
}

TEST(Settings, HaveDefaultsThatGiveNothingAway) {
  const auto default_of = [](Setting setting) { return spec_of(setting).default_value; };
  EXPECT_EQ(default_of(Setting::subscribe_policy), "open+confirm");
  EXPECT_EQ(default_of(Setting::unsubscribe_policy), "open+confirm");
  EXPECT_EQ(default_of(Setting::post_access), "list");
  EXPECT_EQ(default_of(Setting::who_access), "closed");
  EXPECT_EQ(default_of(Setting::which_access), "closed");
  for (const Setting setting :
       {Setting::info_access, Setting::intro_access, Setting::get_access, Setting::index_access}) {
    EXPECT_EQ(default_of(setting), "list");
  }
  EXPECT_EQ(default_of(Setting::admin_passwd), "");
  EXPECT_EQ(default_of(Setting::approve_passwd), "");
}

}  // namespace
}  // namespace majlis::lists
