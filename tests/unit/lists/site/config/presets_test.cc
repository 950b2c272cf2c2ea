#include "lists/site/config/presets.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(Presets, HaveNamesThatAreFound) {
  EXPECT_EQ(all_presets().size(), 5U);
  for (const Preset preset : all_presets()) EXPECT_EQ(find_preset(name_of(preset)), preset);
  EXPECT_EQ(name_of(kDefaultPreset), "moderated-private-discussion");
  EXPECT_EQ(find_preset("anarchy"), std::nullopt);
}

TEST(Presets, ParseBackEqual) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    const ListConfig::Parsed again = ListConfig::parse(config.write());
    EXPECT_TRUE(again.problems.empty()) << name_of(preset);
    EXPECT_EQ(again.config, config) << name_of(preset);
  }
}

// TR-02, TR-03, TR-14, TR-15, TR-27, TR-28, TR-29, TR-40
TEST(Presets, SayWhatTr08003AsksAbout) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    for (const Setting setting :
         {Setting::subscribe_policy, Setting::unsubscribe_policy, Setting::post_access, Setting::moderate}) {
      EXPECT_TRUE(config.is_set(setting)) << name_of(preset);
    }
    EXPECT_TRUE(config.choice(Setting::subscribe_policy).ends_with("+confirm"));
    EXPECT_EQ(config.choice(Setting::unsubscribe_policy), "open+confirm");
    EXPECT_NE(config.choice(Setting::post_access), "open");
    EXPECT_EQ(config.choice(Setting::who_access), "closed");
    EXPECT_EQ(config.choice(Setting::which_access), "closed");
    EXPECT_EQ(config.choice(Setting::get_access), "list");
    EXPECT_EQ(config.choice(Setting::index_access), "list");
  }
}

// TR-17, TR-30, TR-31, TR-34
TEST(Presets, PrivateOnesAreHiddenAndTheOwnerAdmits) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    const bool is_public = preset == Preset::newsletter || preset == Preset::public_discussion;
    EXPECT_EQ(config.choice(Setting::subscribe_policy), is_public ? "open+confirm" : "closed+confirm");
    EXPECT_EQ(config.text(Setting::noadvertise), is_public ? "" : "/.*/");
    EXPECT_EQ(config.choice(Setting::info_access), is_public ? "open" : "list");
    EXPECT_EQ(config.choice(Setting::intro_access), "list");
  }
}

// TR-08, TR-39
TEST(Presets, AnnouncementsComeFromModeratorsOnly) {
  for (const Preset preset : {Preset::announce_only, Preset::newsletter}) {
    const ListConfig config = config_for(preset);
    EXPECT_EQ(config.choice(Setting::post_access), "closed");
    EXPECT_TRUE(config.is_on(Setting::moderate));
    EXPECT_EQ(config.text(Setting::reply_to), "");
  }
}

TEST(Presets, DifferInModerationAsTheirNamesSay) {
  EXPECT_TRUE(config_for(Preset::moderated_private_discussion).is_on(Setting::moderate));
  EXPECT_FALSE(config_for(Preset::private_discussion).is_on(Setting::moderate));
  EXPECT_FALSE(config_for(Preset::public_discussion).is_on(Setting::moderate));
}

}  // namespace
}  // namespace majlis::lists
