// A dialect of three keywords, none of which is one setting.
#include "lists/site/config/codec.h"
#include "lists/site/config/config_fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/unit/lists/small_dialect.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ListConfig accepted(std::string_view text) {
  ListConfig::Parsed parsed = ListConfig::parse(text, small_dialect(), {});
  EXPECT_THAT(parsed.problems, IsEmpty()) << text;
  return parsed.config;
}

TEST(Codec, OneKeywordSetsSeveralSettings) {
  const ListConfig editor = accepted("send = Editor\n");
  EXPECT_EQ(editor.choice(Setting::post_access), "closed");
  EXPECT_TRUE(editor.is_on(Setting::moderate));
  const ListConfig members = accepted("send = private\n");
  EXPECT_EQ(members.choice(Setting::post_access), "list");
  EXPECT_FALSE(members.is_on(Setting::moderate));
}

TEST(Codec, SeveralKeywordsSetOneSetting) {
  EXPECT_EQ(accepted("review = owner\n").choice(Setting::who_access), "closed");
  EXPECT_EQ(accepted("hidden = yes\n").choice(Setting::who_access), "closed");
}

// Whichever keyword spoke of a setting last, for that setting alone.
TEST(Codec, LaterKeywordsReplaceEarlierOnesSettingBySetting) {
  const ListConfig config = accepted("send = editor\nheld = no\n");
  EXPECT_EQ(config.choice(Setting::post_access), "closed");
  EXPECT_EQ(config.choice(Setting::moderate), "no");
  EXPECT_FALSE(accepted("send = editor\nheld =\n").is_set(Setting::moderate));
  EXPECT_EQ(accepted("review = public\nhidden = yes\n").choice(Setting::who_access), "closed");
  EXPECT_EQ(accepted("hidden = yes\nreview = public\n").choice(Setting::who_access), "open");
  EXPECT_EQ(accepted("send = everybody\nsend = public\n").choice(Setting::post_access), "open");
}

TEST(Codec, AWordThatIsNoneIsToldWithTheLineAndWhatItMayBe) {
  const ListConfig::Parsed parsed = ListConfig::parse("review = owner\nsend = everybody\n", small_dialect(), {});
  ASSERT_EQ(parsed.problems.size(), 1U);
  EXPECT_EQ(parsed.problems[0].line, 2U);
  EXPECT_EQ(parsed.problems[0].what,
            "send: must be one of public, private, editor (it is post_access, moderate today)");
  EXPECT_EQ(parsed.config, ListConfig());
}

TEST(Codec, KeywordsOfAnotherDialectAreKeptAndNotObeyed) {
  const ListConfig::Parsed parsed = ListConfig::parse("post_access = open\n", small_dialect(), {});
  EXPECT_THAT(parsed.not_obeyed, ElementsAre(::testing::ResultOf(in_english, HasSubstr("post_access: not known"))));
  EXPECT_FALSE(parsed.config.is_set(Setting::post_access));
}

TEST(Codec, WritesBackWhatReadsTheSame) {
  for (const std::string_view send : {"public", "private", "editor"}) {
    for (const std::string_view hidden : {"yes", "no"}) {
      const ListConfig config = accepted("send = " + std::string(send) + "\nhidden = " + std::string(hidden) +
                                         "\nbosses << END\na@example.org\nb@example.org\nEND\n");
      const std::string written = write_in(small_dialect(), config, "cooks");
      const ListConfig again = accepted(written);
      for (const Setting setting :
           {Setting::post_access, Setting::moderate, Setting::who_access, Setting::which_access, Setting::owner}) {
        EXPECT_EQ(again.text(setting), config.text(setting)) << written;
      }
    }
  }
}

// "send" has no word for members who are moderated: the two settings are said by their own keywords, where there are
// any.
TEST(Codec, ALaterKeywordSaysWhatTheFirstHasNoWordFor) {
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::post_access, "list").ok());
  ASSERT_TRUE(config.set(Setting::moderate, "yes").ok());
  const std::string written = write_in(small_dialect(), config, "cooks");
  EXPECT_THAT(written, testing::Not(HasSubstr("send")));
  EXPECT_TRUE(accepted(written).is_on(Setting::moderate)) << written;
}

}  // namespace
}  // namespace majlis::lists
