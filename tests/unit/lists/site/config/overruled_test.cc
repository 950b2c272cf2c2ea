#include "lists/site/config/overruled.h"

#include <gmock/gmock.h>

#include "lists/site/config/config_fault.h"
#include "lists/site/config/presets.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;

std::vector<std::string> notes(const std::string& text) {
  std::vector<std::string> said;
  for (const Phrase& phrase : ListConfig::parse(text).not_obeyed) said.push_back(in_english(phrase));
  return said;
}

TEST(Overruled, WhatWinsIsNamedAndHowItsRuleEnds) {
  EXPECT_THAT(
      notes("reply_to = $SENDER\nreply_to_mode = list\n"),
      ElementsAre("reply_to_mode: reply_to is set and takes precedence; leave reply_to empty to have this obeyed"));
  EXPECT_THAT(notes("verp_interval = 5\n"),
              ElementsAre("verp_interval: verp is probe and takes precedence; change verp to have this obeyed"));
}

TEST(Overruled, WhatAsksForNothingElseThanItsDefaultLosesNothing) {
  EXPECT_THAT(notes("reply_to_mode = list\n"), ElementsAre());
  EXPECT_THAT(notes("reply_to = $SENDER\n"), ElementsAre());
  EXPECT_THAT(notes("reply_to = $SENDER\nreply_to_mode = author\nverp_interval = 1\n"), ElementsAre());
}

TEST(Overruled, EveryWinnerCanBeMadeToGiveWay) {
  struct Pair {
    std::string loser, winner, other;  // lines
  };
  for (const Pair& pair : std::vector<Pair>{
           {"moderators = a@example.org", "moderator = b@example.org", ""},
           {"post_access = open", "restrict_post = cooks", ""},
           {"restrict_post = cooks", "post_access = closed", "post_access = list"},
           {"nonmember_posts = reject", "post_access = open", "post_access = list"},
           {"admin_body = /x/", "administrivia = no", "administrivia = yes"},
           {"html_remote = remove", "html = text", "html = clean"},
           {"anonymous_text = yes", "anonymous = no", "anonymous = yes"},
           {"dmarc = reject", "anonymous = yes", "anonymous = no"},
           {"dmarc_from = all", "dmarc = none", "dmarc = wrap"},
           {"antivirus_action = hold", "antivirus = no", "antivirus = yes"},
           {"scanner_down = hold", "antivirus = no", ""},
           {"verp_probe_days = 10", "verp = always", "verp = probe"},
           {"verp_interval = 10", "verp = probe", "verp = always"},
           {"bounce_threshold = 9", "bounce_processing = no", "bounce_processing = report"},
           {"bounce_unrecognized = discard", "bounce_processing = no", ""},
       }) {
    const std::string loser = pair.loser.substr(0, pair.loser.find(' '));
    const std::vector<std::string> said = notes(pair.loser + "\n" + pair.winner + "\n");
    ASSERT_EQ(said.size(), 1U) << pair.loser;
    EXPECT_TRUE(said.front().starts_with(loser + ": " + pair.winner.substr(0, pair.winner.find(' ')) + " is "))
        << said[0];
    EXPECT_THAT(notes(pair.loser + "\n" + pair.other + "\n"), ElementsAre()) << pair.loser;
  }
  EXPECT_THAT(notes("nonmember_posts = reject\npost_access = list\nrestrict_post = cooks\n"), ElementsAre());
}

TEST(Overruled, NoPresetContradictsItself) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    for (const SettingSpec& spec : all_settings()) EXPECT_FALSE(overruled(config, spec.setting)) << spec.name;
  }
}

TEST(Overruled, OfAChangeWhatItMakesLose) {
  const auto config = [](const std::string& text) { return ListConfig::parse(text).config; };
  const std::string both = "reply_to = $SENDER\nreply_to_mode = list\n";
  using S = Setting;
  EXPECT_THAT(newly_overruled(config("reply_to = $SENDER\n"), config(both)), ElementsAre(S::reply_to_mode));
  EXPECT_THAT(newly_overruled(config("reply_to_mode = list\n"), config(both)), ElementsAre(S::reply_to_mode));
  EXPECT_THAT(newly_overruled(config(both), config(both + "moderate = yes\n")), ElementsAre());
  EXPECT_THAT(newly_overruled(config(both), config("reply_to_mode = list\n")), ElementsAre());
}

}  // namespace
}  // namespace majlis::lists
