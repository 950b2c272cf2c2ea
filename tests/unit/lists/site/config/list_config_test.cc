#include "lists/site/config/list_config.h"
#include "lists/site/config/config_fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "lists/site/config/config_text.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

ListConfig::Parsed parse(std::string_view text) { return ListConfig::parse(text); }

ListConfig accepted(std::string_view text) {
  ListConfig::Parsed parsed = parse(text);
  EXPECT_THAT(parsed.problems, IsEmpty()) << text << "\n" << (parsed.problems.empty() ? "" : parsed.problems[0].what);
  return parsed.config;
}

void expect_problem(std::string_view text, std::size_t line, std::string_view what) {
  const ListConfig::Parsed parsed = parse(text);
  ASSERT_EQ(parsed.problems.size(), 1U) << text;
  EXPECT_EQ(parsed.problems[0].line, line) << text;
  EXPECT_THAT(parsed.problems[0].what, HasSubstr(std::string(what)));
  EXPECT_EQ(parsed.config, ListConfig());
}

TEST(ListConfig, EmptyTextLeavesEveryDefault) {
  const ListConfig config = accepted("");
  EXPECT_EQ(config, ListConfig());
  EXPECT_FALSE(config.is_set(Setting::subscribe_policy));
  EXPECT_EQ(config.choice(Setting::subscribe_policy), "open+confirm");
  EXPECT_EQ(config.integer(Setting::maxlength), 40000);
  EXPECT_EQ(config.integer(Setting::digest_maxlines), 0);
  EXPECT_TRUE(config.is_on(Setting::welcome));
  EXPECT_THAT(config.lines(Setting::message_footer), IsEmpty());
}

TEST(ListConfig, ReadsKeysAndWordsInAnyCaseAndWithAnySpacing) {
  const ListConfig config =
      accepted("  Subscribe_Policy=CLOSED+Confirm\r\n\tMODERATE =  Y \nwelcome\t= No\nmaxlength = 007");
  EXPECT_EQ(config.choice(Setting::subscribe_policy), "closed+confirm");
  EXPECT_TRUE(config.is_on(Setting::moderate));
  EXPECT_FALSE(config.is_on(Setting::welcome));
  EXPECT_EQ(config.text(Setting::maxlength), "7");
}

TEST(ListConfig, TakesAHashForACommentExceptInHereTexts) {
  const ListConfig config =
      accepted("# all\n  # of it\ndescription = Food # and drink\nmessage_footer << END\n# one\ntwo # three\nEND\n");
  EXPECT_EQ(config.text(Setting::description), "Food");
  EXPECT_EQ(config.lines(Setting::message_footer), (Lines{"# one", "two # three"}));
}

TEST(ListConfig, SplitsAtTheFirstEqualSign) {
  EXPECT_EQ(accepted("description = a = b << c").text(Setting::description), "a = b << c");
}

TEST(ListConfig, EmptyValueUnsets) {
  EXPECT_FALSE(accepted("moderate = yes\nmoderate =\n").is_set(Setting::moderate));
  EXPECT_FALSE(accepted("noadvertise << END\n\nEND\n").is_set(Setting::noadvertise));
}

TEST(ListConfig, LaterAssignmentReplacesEarlierOne) {
  EXPECT_EQ(accepted("who_access = list\nwho_access = open\n").text(Setting::who_access), "open");
  EXPECT_EQ(accepted("moderate = perhaps\nmoderate = yes\n").text(Setting::moderate), "yes");
}

// Printed examples have them in the place of blanks.
TEST(ListConfig, TakesNoBreakSpacesAroundKeysAndValuesForBlanks) {
  const ListConfig config = accepted(
      "subscribe_policy =\u00a0\u00a0 \u00a0closed+confirm\n\u00a0moderate\u00a0=\u00a0yes\u00a0\n\u00a0\u00a0\n"
      "\u00a0# remark\ndescription = ten\u00a0km\nowner\u00a0<<\u00a0END\nanna@example.org\nEND\u00a0\n");
  EXPECT_EQ(config.choice(Setting::subscribe_policy), "closed+confirm");
  EXPECT_TRUE(config.is_on(Setting::moderate));
  EXPECT_EQ(config.text(Setting::description), "ten\u00a0km");
  EXPECT_EQ(config.text(Setting::owner), "anna@example.org");
}

// As Majordomo's own reader takes it for a comment, a file can say more to us than to it.
TEST(ListConfig, ReadsWhatStandsBehindOurMark) {
  const ListConfig config = accepted(
      "#majlis: post_access = open\n  #majlis:moderate=yes\n# majlis: welcome = no\n#majlis: # remark\n#majlis:\n"
      "#majlis: message_footer << END\n#majlis: -- \n#majlis:   # one\n#majlis: END\nsender = x\n#majlis: sender =\n");
  EXPECT_EQ(config.choice(Setting::post_access), "open");
  EXPECT_TRUE(config.is_on(Setting::moderate));
  EXPECT_TRUE(config.is_on(Setting::welcome));
  EXPECT_EQ(config.lines(Setting::message_footer), (Lines{"-- ", "# one"}));
  EXPECT_FALSE(config.is_set(Setting::sender));
  expect_problem("moderate = yes\n#majlis: owner << END\n#majlis: a@example.org\nEND\n", 2, "its text has no end");
  expect_problem("#majlis: moderate = perhaps\n", 1, "neither yes nor no");
}

// RFC 3676 4.3: what mail programs know a signature by.
TEST(ListConfig, KeepsTheBlankOfASignatureLine) {
  const ListConfig config = accepted("message_footer << END\n--- \n-- \r\n  -- \n---\n--  \nEND\n");
  EXPECT_EQ(config.lines(Setting::message_footer), (Lines{"-- ", "-- ", "-- ", "--", "-"}));
  EXPECT_EQ(ListConfig::parse(config.write()).config, config);
  ListConfig set;
  ASSERT_TRUE(set.set(Setting::message_footer, "-- \nThe cooks  \n---  ").ok());
  EXPECT_EQ(set.text(Setting::message_footer), "-- \nThe cooks\n---");
  EXPECT_EQ(ListConfig::parse(set.write()).config, set);
}

TEST(ListConfig, ReadsTheDashEscapesOfStringArrays) {
  const ListConfig config =
      accepted("message_footer << END\n-\n- indented\n--\n-- dashes\n-plain\n  trimmed  \n\nEND\n");
  EXPECT_EQ(config.lines(Setting::message_footer), (Lines{"", " indented", "-", "- dashes", "-plain", "trimmed"}));
}

TEST(ListConfig, ArrayMayHaveOneElementBehindAnEqualSign) {
  EXPECT_EQ(accepted("taboo_body = /viagra/i").lines(Setting::taboo_body), Lines{"/viagra/i"});
}

TEST(ListConfig, AnyWordMayEndAHereText) {
  EXPECT_EQ(accepted("comments << The End\nEND\n The End \n").lines(Setting::comments), Lines{"END"});
}

TEST(ListConfig, HereTextWithoutEndIsAProblemAndNothingIsAccepted) {
  expect_problem("moderate = yes\ncomments << END\none\ntwo\n", 2, "comments: its text has no end");
  expect_problem("comments <<\n", 1, "no end tag");
}

TEST(ListConfig, OneProblemRefusesTheWholeText) {
  const ListConfig::Parsed parsed =
      parse("admin_passwd = abcdefghij\nmoderate = yes\nsubscribe_policy = opne\nmaxlength = 0\n");
  ASSERT_EQ(parsed.problems.size(), 2U);
  EXPECT_EQ(parsed.problems[0].line, 3U);
  EXPECT_EQ(parsed.problems[0].what,
            "subscribe_policy: 'opne' is none of open, closed, auto, open+confirm, closed+confirm, auto+confirm");
  EXPECT_EQ(parsed.problems[1].line, 4U);
  EXPECT_EQ(parsed.config, ListConfig());
  EXPECT_THAT(parsed.passwords, IsEmpty());
}

TEST(ListConfig, NamesTheLineOfEveryKindOfBadValue) {
  expect_problem("\nmoderate = perhaps", 2, "neither yes nor no");
  expect_problem("\n\nhold_days = 61", 3, "no number from 1 to 60");
  expect_problem("token_hours = 0", 1, "no number from 1 to 168");
  expect_problem("challenges_per_day = 0", 1, "no number");
  expect_problem("maxlength = -1", 1, "no number");
  expect_problem("maxlength = 99999999999999999999999", 1, "no number");
  expect_problem("precedence = two words", 1, "more than one word");
  expect_problem("owner = anna@@example.org", 1, "not a mail address");
  expect_problem("noadvertise << END\n/.*/\n/(/\nEND\n", 1, "noadvertise: '/(/'");
  expect_problem("description << END\nx\nEND\n", 1, "takes one value");
  expect_problem("description = caf\xE9", 1, "not UTF-8");
  expect_problem(std::string("description = a\x01"
                             "b"),
                 1, "control character");
  expect_problem("rubbish", 1, "'rubbish' does not begin");
  expect_problem("two words = x", 1, "'two' does not begin");
  expect_problem("= x", 1, "does not begin");
  expect_problem("private_who = maybe", 1, "private_who: must be one of yes, no");
}

TEST(ListConfig, PatternsAreNeverEvaluated) {
  expect_problem("advertise << END\n/(?{ `id` })/\nEND\n", 1, "advertise: ");
  EXPECT_EQ(accepted("advertise = /@{[`id`]}/").lines(Setting::advertise), Lines{"/@{[`id`]}/"});
}

TEST(ListConfig, AddressesAreReadInEveryForm) {
  const ListConfig config = accepted("owner << END\nAnna <anna@Example.ORG>, ben@example.org\nanna@example.org\nEND\n");
  EXPECT_EQ(config.lines(Setting::owner), (Lines{"anna@example.org", "ben@example.org"}));
  EXPECT_EQ(config.addresses(Setting::owner).size(), 2U);
}

TEST(ListConfig, OldPrivateSwitchesAreUnderstood) {
  const ListConfig config = accepted("private_who = yes\nprivate_get = no\nprivate_index =\n");
  EXPECT_EQ(config.text(Setting::who_access), "list");
  EXPECT_EQ(config.text(Setting::get_access), "open");
  EXPECT_FALSE(config.is_set(Setting::index_access));
}

TEST(ListConfig, UnknownKeywordsAreKeptAndReported) {
  const ListConfig::Parsed parsed = parse("zebra = 1\nnon_member_bounce = sender-owner\nlines << X\na\n\nb # c\nX\n");
  EXPECT_THAT(parsed.problems, IsEmpty());
  using Pair = std::pair<std::string, std::string>;
  EXPECT_THAT(parsed.config.unknown(),
              ElementsAre(Pair("lines", "a\n\nb # c"), Pair("non_member_bounce", "sender-owner"), Pair("zebra", "1")));
  EXPECT_EQ(parsed.not_obeyed.size(), 3U);
}

TEST(ListConfig, KnownKeywordsThatAreNotObeyedAreReportedOnlyWhenTheySaySomething) {
  EXPECT_THAT(parse("digest_issue = 1\ndebug = no\nrestrict_post =\n").not_obeyed, IsEmpty());
  EXPECT_THAT(parse("debug = yes\n").not_obeyed, ElementsAre(::testing::ResultOf(in_english, HasSubstr("debug: "))));
  EXPECT_THAT(parse("restrict_post = cooks:staff\n").not_obeyed, IsEmpty());
  EXPECT_EQ(accepted("restrict_post = cooks:staff\n").text(Setting::restrict_post), "cooks:staff");
}

TEST(ListConfig, PasswordsAreHandedOnAndNotKept) {
  const ListConfig::Parsed parsed =
      parse("admin_passwd = correct-horse\napprove_passwd =\nsite_password = topsecret\n");
  EXPECT_THAT(parsed.problems, IsEmpty());
  ASSERT_EQ(parsed.passwords.size(), 1U);
  EXPECT_EQ(parsed.passwords.at(Setting::admin_passwd).text, "correct-horse");
  EXPECT_EQ(parsed.config, ListConfig());
  EXPECT_THAT(parsed.config.write(), testing::Not(HasSubstr("correct-horse")));
  EXPECT_THAT(parsed.not_obeyed, ElementsAre(::testing::ResultOf(
                                     in_english, "site_password: a password of another program; it is not kept")));
}

TEST(ListConfig, ProblemsNeverShowAPassword) {
  for (const std::string_view text :
       {"admin_passwd = hunter2", "admin_passwd hunter2hunter2", "admin_passwd = hunter2 hunter2",
        "admin_passwd = hunter2hunter2\x01", "admin_passwd << END\nhunter2hunter2\nEND\n"}) {
    const ListConfig::Parsed parsed = parse(text);
    ASSERT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_EQ(parsed.problems[0].what.find("hunter2"), std::string::npos) << parsed.problems[0].what;
  }
}

TEST(ListConfig, SetChecksAndNormalises) {
  ListConfig config;
  EXPECT_TRUE(config.set(Setting::moderate, " YES ").ok());
  EXPECT_EQ(config.text(Setting::moderate), "yes");
  EXPECT_TRUE(config.set(Setting::moderate, "").ok());
  EXPECT_FALSE(config.is_set(Setting::moderate));
  const Status bad = config.set(Setting::hold_days, "0");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().kind, ErrorKind::refused);
  EXPECT_THAT(bad.error().what, HasSubstr("lists: hold_days: '0'"));
  EXPECT_FALSE(config.set(Setting::admin_passwd, "correct-horse").ok());
  EXPECT_FALSE(config.set(Setting::description, "C# for cooks").ok());
  EXPECT_FALSE(config.set(Setting::description, "two\nlines").ok());
  EXPECT_EQ(config, ListConfig());
}

TEST(ListConfig, SettingAValueToItsOwnTextChangesNothing) {
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::message_footer, "\n one \n\n-two\n\n").ok());
  EXPECT_EQ(config.lines(Setting::message_footer), (Lines{"", " one", "", "-two", "", ""}));
  const ListConfig before = config;
  ASSERT_TRUE(config.set(Setting::message_footer, config.text(Setting::message_footer)).ok());
  EXPECT_EQ(config, before);
}

TEST(ListConfig, UnsetGivesTheDefaultBack) {
  ListConfig config = accepted("hold_days = 3");
  EXPECT_EQ(config.integer(Setting::hold_days), 3);
  config.unset(Setting::hold_days);
  EXPECT_EQ(config.integer(Setting::hold_days), 14);
}

TEST(ListConfig, HasNamedCeilings) {
  std::string many;
  for (std::size_t i = 0; i <= kMaxAssignments; ++i) many += "moderate = yes\n";
  EXPECT_THAT(parse(many).problems, testing::SizeIs(1));
  EXPECT_THAT(parse(std::string(kMaxConfigOctets + 1, '\n')).problems, testing::SizeIs(1));
  std::string rubbish;
  for (int i = 0; i < 100'000; ++i) rubbish += "x\n";
  EXPECT_EQ(parse(rubbish).problems.size(), kMaxConfigProblems + 1);
  std::string long_footer = "message_footer << END\n";
  for (int i = 0; i < 1001; ++i) long_footer += "x\n";
  EXPECT_THAT(parse(long_footer + "END\n").problems, testing::SizeIs(1));
}

TEST(ListConfig, AMegabyteOfGarbageIsReadAtOnce) {
  const auto repeated = [](std::string_view piece) {
    std::string text;
    while (text.size() + piece.size() <= kMaxConfigOctets) text += piece;
    return text;
  };
  std::string noise;
  for (unsigned i = 0; i < kMaxConfigOctets; ++i) noise += static_cast<char>((i * 2654435761U) >> 24U);
  for (const std::string& text : {repeated("a\n"), repeated("a=b\n"), repeated("\n"), repeated("<<"),
                                  repeated("taboo_body << E\n/a/\nE\n"), repeated("="), repeated("comments << E\n"),
                                  "comments << E\n" + repeated("x\n").substr(0, kMaxConfigOctets - 20), repeated("#"),
                                  noise, std::string(kMaxConfigOctets, '\0')}) {
    const std::clock_t begin = std::clock();
    const ListConfig::Parsed parsed = parse(text);
    const double milliseconds = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_LE(parsed.problems.size(), kMaxConfigProblems + 1);
    // Far above what is expected; only a bound that has been lost is caught here, not a slow machine.
    EXPECT_LT(milliseconds, 2000.0) << text.substr(0, 20);
    RecordProperty("ms_" + std::to_string(text.size() + static_cast<unsigned char>(text[0])),
                   std::to_string(milliseconds));
  }
}

}  // namespace
}  // namespace majlis::lists
