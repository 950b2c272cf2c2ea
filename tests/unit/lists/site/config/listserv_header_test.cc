// LISTSERV's list header: what it says, and what an export of a list says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists/site/config/config_fault.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/listserv_codec.h"
#include "lists/site/config/presets.h"

namespace majlis::lists {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using S = Setting;

ListConfig::Parsed parse(std::string_view text, const ListConfig& before = {}) {
  return ListConfig::parse(text, listserv(), before);
}

ListConfig accepted(std::string_view text, const ListConfig& before = {}) {
  ListConfig::Parsed parsed = parse(text, before);
  for (const ConfigProblem& problem : parsed.problems) ADD_FAILURE() << problem.line << ": " << problem.what;
  return parsed.config;
}

ListConfig with(std::initializer_list<std::pair<Setting, std::string_view>> values) {
  ListConfig config;
  for (const auto& [setting, value] : values) EXPECT_TRUE(config.set(setting, value).ok()) << value;
  return config;
}

std::string exported(const ListConfig& config) { return write_in(listserv(), config, "cooks"); }

std::vector<std::string> said(const std::vector<Phrase>& phrases) {
  std::vector<std::string> sentences;
  for (const Phrase& phrase : phrases) sentences.push_back(in_english(phrase));
  return sentences;
}

std::string one(const std::string& keyword) { return "* Cooks\n* Owner= anna@example.org\n* " + keyword + "\n"; }

TEST(ListservHeader, IsReadWithItsBlanksCommasAndRemarks) {
  const ListConfig config = accepted(
      "* The Garden Club, since 1999\n"
      "*\n"
      "*.HH ON\n"
      "* Owner= anna@example.org (Anna Example, 555-0100)\n"
      "*owner=ben@example.org\r\n"
      "* Review= Owner Subscription= Open,Confirm Send= Private\n"
      "\t* Reply-To = List,\tIgnore\n"
      "*\xC2\xA0Notify =\xC2\xA0No\n"
      "*.HH OFF\n"
      "* All about gardens, and more.\n");
  EXPECT_EQ(config.text(S::description), "The Garden Club, since 1999");
  EXPECT_EQ(config.text(S::owner), "anna@example.org\nben@example.org");
  EXPECT_EQ(config.choice(S::who_access), "closed");
  EXPECT_EQ(config.choice(S::subscribe_policy), "open+confirm");
  EXPECT_EQ(config.choice(S::post_access), "list");
  EXPECT_EQ(config.text(S::reply_to_mode), "list");
  EXPECT_TRUE(config.is_on(S::strip_reply_to));
  EXPECT_FALSE(config.is_on(S::announcements));
  EXPECT_EQ(config.text(S::comments), "All about gardens, and more.");
}

TEST(ListservHeader, MayLackTheAsteriskAndTheTitleAndBeginWithPut) {
  const ListConfig config =
      accepted("put cooks list PW=grandmothers-soup\n\nOwner = anna@example.org\nReview = Public\n");
  EXPECT_FALSE(config.is_set(S::description));
  EXPECT_EQ(config.choice(S::who_access), "open");
}

struct Said {
  std::string_view keyword;
  Setting setting;
  std::string_view value;
};
class ListservKeyword : public testing::TestWithParam<Said> {};

TEST_P(ListservKeyword, MeansASetting) {
  const Said& row = GetParam();
  const ListConfig config = accepted(one(std::string(row.keyword)));
  EXPECT_EQ(config.text(row.setting), row.value) << row.keyword;
  EXPECT_EQ(accepted(exported(config)).text(row.setting), row.value) << exported(config);
}

INSTANTIATE_TEST_SUITE_P(
    All, ListservKeyword,
    testing::Values(
        Said{"Subscription= Open", S::subscribe_policy, "open"},
        Said{"Subscription= By_Owner", S::subscribe_policy, "closed"},
        Said{"Subscription= By_Owner,Confirm", S::subscribe_policy, "closed+confirm"},
        Said{"Subscription= Closed", S::commands_off, "subscribe"}, Said{"Review= Private", S::who_access, "list"},
        Said{"Review= Owners", S::who_access, "closed"}, Said{"Review= Service", S::who_access, "list"},
        Said{"Review= (STAFF-L)", S::who_access, "closed"}, Said{"Send= Public", S::post_access, "open"},
        Said{"Send= Public,Confirm", S::unauthenticated, "challenge"},
        Said{"Send= Public,Confirm", S::nonmember_posts, "challenge"},
        Said{"Send= Public,Confirm,Non-Member", S::unauthenticated, ""},
        Said{"Send= Private,Confirm", S::unauthenticated, "challenge"}, Said{"Send= Editor", S::moderate, "yes"},
        Said{"Send= Editor,Hold,Confirm,All", S::nonmember_posts, "challenge"},
        Said{"Send= Owner", S::post_access, "closed"},
        Said{"Send= (staff-l),(cooks)", S::restrict_post, "staff-l:cooks"},
        Said{"Send= \"news@example.org\"", S::post_access, "closed"},
        Said{"Validate= Yes,Confirm,NoPW", S::command_passwords, "no"},
        Said{"Validate= No", S::command_passwords, "yes"}, Said{"Confidential= Yes", S::noadvertise, "/.*/"},
        Said{"Confidential= Service", S::noadvertise, "/.*/"}, Said{"Attachments= No", S::attachments, "no"},
        Said{"Attachments= No", S::attachment_action, "reject"},
        Said{"Attachments= No,Filter", S::attachment_action, "strip"},
        Said{"Attachments= Yes,image,application/pdf", S::attachments, "image/*,application/pdf,text/plain"},
        Said{"Attachment= No", S::attachments, "no"}, Said{"Misc-Options= UTF8_HEADER,DISCARD_HTML", S::html, "reject"},
        Said{"Reply-To= Both", S::reply_to_mode, "both"},
        Said{"Reply-To= \"desk@example.org\",Respect", S::reply_to_mode, "desk@example.org"},
        Said{"Sizelim= 5M", S::maxlength, "5242880"}, Said{"Sizelim= 30K", S::maxlength, "30720"},
        Said{"Confirm-Delay= 72", S::token_hours, "72"}, Said{"Notify= No", S::announcements, "no"},
        Said{"Language= French", S::language, "fr"},
        Said{"Auto-Delete= Yes,Semi-Auto,Delay(4),Max(100),Probe(30)", S::bounce_threshold, "100"},
        Said{"Auto-Delete= Yes,Full-Auto,Probe(10)", S::bounce_unrecognized, "discard"},
        Said{"Auto-Delete= Yes,Full-Auto,Probe(10)", S::verp_probe_days, "10"},
        Said{"Auto-Delete= Yes,Manual", S::bounce_processing, "report"},
        Said{"Auto-Delete= No", S::bounce_processing, "no"},
        Said{"Renewal= 6-Monthly,Delay(14),Probe", S::renewal, "6-monthly,probe"},
        Said{"Renewal= 6-Monthly,Delay(14)", S::renewal_delay_days, "14"}, Said{"Notebook= No", S::archive, "no"},
        Said{"Notebook= Yes,/var/lists/x,Weekly,Public", S::get_access, "open"},
        Said{"Notebook= Yes,E:\\LISTS\\X,Monthly,Owner", S::index_access, "closed"},
        Said{"Digest= Yes,Same,Weekly,17:00,Size(2000)", S::digest_maxdays, "7"},
        Said{"Digest= Yes,Same,Daily,17,Size(2000)", S::digest_hour, "17"},
        Said{"Digest= Yes,Same,Daily,17,Size(2000)", S::digest_maxlines, "2000"}));

TEST(ListservHeader, KeywordsOverSeveralLinesAreJoined) {
  const ListConfig config =
      accepted("* Cooks\n* Owner= anna@example.org\n* Send= Public\n* Send= Confirm,\n* Send= Non-Member\n");
  EXPECT_EQ(config.choice(S::post_access), "list");
  EXPECT_EQ(config.choice(S::nonmember_posts), "challenge");
}

TEST(ListservHeader, GoesOnWhereAMailProgramBrokeTheLine) {
  const ListConfig config = accepted(
      "* Cooks\n* Owner=\nanna@example.org\n* Attachments= Yes,image/png,\nimage/gif,\napplication/pdf Review= Public\n"
      "* Notify= No,\n* and more\n");
  EXPECT_EQ(config.text(S::owner), "anna@example.org");
  EXPECT_EQ(config.text(S::attachments), "image/png,image/gif,application/pdf,text/plain");
  EXPECT_EQ(config.choice(S::who_access), "open");
  EXPECT_EQ(config.text(S::comments), "and more");
}

TEST(ListservHeader, AMissingCommaBetweenPeopleIsNotedWithItsLine) {
  const ListConfig::Parsed parsed =
      parse("* Cooks\n* Owner= anna@example.org ben@example.org\n* Editor= carl@example.org (Carl) dora@example.org\n");
  EXPECT_EQ(parsed.config.text(S::owner), "anna@example.org\nben@example.org");
  EXPECT_EQ(parsed.config.text(S::moderators), "carl@example.org\ndora@example.org");
  ASSERT_EQ(parsed.notes.size(), 2U);
  EXPECT_EQ(parsed.notes[0].line, 2U);
  EXPECT_EQ(parsed.notes[1].line, 3U);
  EXPECT_THAT(parsed.notes[0].what, AllOf(HasSubstr("owner"), HasSubstr("ben@example.org")));
}

TEST(ListservHeader, PeopleGoOnBehindRemarksAndInTheNextLine) {
  for (const std::string_view owners : {"anna@example.org,\n  ben@example.org carl@example.org",
                                        "anna@example.org (Anna, the first), ben@example.org (Ben) carl@example.org",
                                        "anna@example.org,\n* ben@example.org,\n* carl@example.org",
                                        "\"anna@example.org\" \"ben@example.org\",\"carl@example.org\""}) {
    const std::string text = "* Cooks\n* Owner= " + std::string(owners) + "\n";
    EXPECT_EQ(accepted(text).text(S::owner), "anna@example.org\nben@example.org\ncarl@example.org") << text;
  }
}

TEST(ListservHeader, QuotesAroundAValueAreNotOfIt) {
  const ListConfig config = accepted(one("Review= \"Private\"") + "* Sizelim= \"5M\"\n");
  EXPECT_EQ(config.choice(S::who_access), "list");
  EXPECT_EQ(config.integer(S::maxlength), 5 * 1024 * 1024);
}

TEST(ListservHeader, EverySizeThatIsWrittenIsReadAgain) {
  const std::int64_t most = spec_of(S::maxlength).maximum;
  for (const std::int64_t octets : {most, most - 1, most - 1024, std::int64_t{5 * 1024 * 1024}, std::int64_t{40'001}}) {
    const ListConfig config = with({{S::owner, "anna@example.org"}, {S::maxlength, std::to_string(octets)}});
    const std::int64_t again = accepted(exported(config)).integer(S::maxlength);
    EXPECT_GE(again, octets);
    EXPECT_LT(again, octets + 1024);
  }
  EXPECT_EQ(parse(one("Sizelim= 976564K")).problems.size(), 1U);
}

TEST(ListservHeader, ASharpIsOfTheTitleOrInPlaceOfTheAsterisk) {
  const ListConfig config = accepted("# C# programmers\n# Owner= anna@example.org\n");
  EXPECT_EQ(config.text(S::description), "C\uFF03 programmers");
  EXPECT_EQ(config.text(S::owner), "anna@example.org");
  EXPECT_THAT(exported(config), HasSubstr("* C# programmers\n"));
  EXPECT_EQ(accepted(exported(config), config), config);
  EXPECT_THAT(said(parse("* C#\n* Owner= anna@example.org\n").not_obeyed), Contains(testing::StartsWith("title: ")));
}

TEST(ListservHeader, WithoutKeywordsOrQuotedItIsRefused) {
  for (const std::string_view text :
       {"", "\n*\n", "* Cooks\n", "PUT cooks LIST PW=x\n", "> * Cooks\n> * Owner= anna@example.org\n"}) {
    EXPECT_EQ(parse(text).problems.size(), 1U) << text;
  }
}

TEST(ListservHeader, PasswordsAreTakenOutOfIt) {
  const std::string header =
      "####\n* Cooks PW= grandmothers-soup\n* Owner= anna@example.org\n* PW=\nsoup-of-others\n* All.\n";
  const std::string without = without_secrets(header);
  EXPECT_THAT(without, AllOf(Not(HasSubstr("soup")), HasSubstr("* Cooks\n")));
  EXPECT_EQ(accepted(without).text(S::owner), "anna@example.org");
  EXPECT_EQ(accepted(without).text(S::description), "Cooks");
  EXPECT_EQ(accepted(header).text(S::description), "Cooks");
  EXPECT_EQ(without_secrets(one("Review= Owner")), one("Review= Owner"));
}

TEST(ListservHeader, AKeywordThatLooksLikeAnAddressIsAKeyword) {
  const ListConfig config = accepted("* Cooks\n* Owner= anna@example.org x=ben@example.org\n");
  EXPECT_EQ(config.text(S::owner), "anna@example.org");
  EXPECT_EQ(config.unknown().size(), 1U);
}

TEST(ListservHeader, EmptyPlacesAtTheEndOfAValueMeanNothing) {
  const ListConfig config = accepted("* Cooks, bakers,\n* Owner= anna@example.org\n* Topics= Bread,,So=,up\n");
  EXPECT_EQ(config.text(S::description), "Cooks, bakers,");
  EXPECT_EQ(accepted(exported(config), config), config);
}

TEST(ListservHeader, FaultsAreToldByLineFromTheTitle) {
  const auto line_of_fault = [](const std::string& text) {
    const ListConfig::Parsed parsed = parse(text);
    EXPECT_EQ(parsed.problems.size(), 1U) << text;
    EXPECT_EQ(parsed.config, ListConfig()) << text;
    return parsed.problems.empty() ? 0U : parsed.problems[0].line;
  };
  EXPECT_EQ(line_of_fault("\n*\n* Cooks\n* Owner= anna@example.org\n* Subscription= Opne\n"), 3U);
  EXPECT_EQ(line_of_fault("PUT cooks LIST PW=x\n* Cooks\n* Owner= anna@example.org\n* Owner= nobody\n"), 3U);
  EXPECT_EQ(line_of_fault("Owner= anna@example.org\nSend= Everybody\n"), 2U);
  for (const std::string_view wrong : {"Review= Friends",
                                       "Send= Confirm",
                                       "Validate= Perhaps",
                                       "Confidential= Very",
                                       "Attachments= Some",
                                       "Attachments= No,image",
                                       "Reply-To= Nobody",
                                       "Reply-To= List,Often",
                                       "Sizelim= big",
                                       "Sizelim= 9999999M",
                                       "Confirm-Delay= 1000",
                                       "Auto-Delete= Perhaps",
                                       "Auto-Delete= Yes,Delay(x)",
                                       "Renewal= Sometimes",
                                       "Notebook= Perhaps",
                                       "Notebook= Yes,/x,Monthly,Friends",
                                       "Digest= Perhaps",
                                       "Digest= Yes,Same,Size(x)",
                                       "Subscription= Confirm",
                                       "Notify= Perhaps",
                                       "Editor= nobody",
                                       "Confidential= No,Yes",
                                       "Confidential= Yes,Frob",
                                       "Attachments= Yes,No",
                                       "Notebook= Yes,No",
                                       "Notebook= Yes,/x,Monthly,Public,Owner",
                                       "Review= Owner,Public",
                                       "Send= Public,Private",
                                       "Sizelim= 5M,6M",
                                       "Confirm-Delay= 24,48",
                                       "Auto-Delete= No,Frob",
                                       "Auto-Delete= Yes,Manual,Full-Auto",
                                       "Auto-Delete= Yes,Max(3),Max(4)",
                                       "Digest= No,Frob",
                                       "Digest= Yes,Same,Daily,Weekly",
                                       "Reply-To= List,Respect,Ignore",
                                       "Subscription= Open,Closed",
                                       "Validate= No,Yes",
                                       "Notify= Yes,No",
                                       "Language= English,French",
                                       "Default-Options= Mail,NoMail",
                                       "Default-Options= NoMIME,Digest,MIME",
                                       "Default-Options= Digest,Index",
                                       "Default-Options= SubjectHdr,ShortHdr",
                                       "Default-Options= HTML,NoHTML",
                                       "Review="}) {
    EXPECT_EQ(line_of_fault(one(std::string(wrong))), 3U) << wrong;
  }
  EXPECT_EQ(line_of_fault(one("Confidential= No\n* Confidential= Yes")), 4U);
  EXPECT_EQ(line_of_fault(one("Default-Options= NoMail\n* Default-Options= Mail")), 4U);
  EXPECT_EQ(line_of_fault("* Cooks\n* Owner= Quiet:,(STAFF-L)\n"), 2U) << "nobody would be in charge";
}

TEST(ListservHeader, AbsentKeywordsHaveTheSafeDefaults) {
  const ListConfig config = accepted("* Cooks\n* Owner= anna@example.org\n", with({{S::subscribe_policy, "open"},
                                                                                   {S::post_access, "open"},
                                                                                   {S::who_access, "open"},
                                                                                   {S::command_passwords, "no"},
                                                                                   {S::attachments, "no"},
                                                                                   {S::noadvertise, "/.*/"},
                                                                                   {S::renewal, "yearly"},
                                                                                   {S::bounce_threshold, "9"}}));
  EXPECT_EQ(config.choice(S::subscribe_policy), "closed+confirm");
  EXPECT_EQ(config.choice(S::post_access), "list");
  EXPECT_FALSE(config.is_on(S::moderate));
  EXPECT_EQ(config.choice(S::who_access), "closed");
  EXPECT_TRUE(config.is_on(S::command_passwords));
  EXPECT_EQ(config.text(S::attachments), "yes");
  EXPECT_FALSE(config.is_set(S::noadvertise));
  EXPECT_FALSE(config.is_set(S::renewal));
  EXPECT_EQ(config.integer(S::bounce_threshold), 5);
}

TEST(ListservHeader, WhatItCannotSayStays) {
  const ListConfig before = with({{S::description, "Cooks"},
                                  {S::owner, "anna@example.org"},
                                  {S::moderators, "ben@example.org"},
                                  {S::dialect, "listserv"},
                                  {S::strip, "no"},
                                  {S::token_hours, "24"},
                                  {S::verp, "always"},
                                  {S::html, "text"},
                                  {S::attachment_names, "exe"},
                                  {S::nonmember_posts, "discard"},
                                  {S::subscribe_policy, "auto+confirm"},
                                  {S::commands_off, "which"}});
  const ListConfig::Parsed parsed = parse("* Review= Private\n", before);
  EXPECT_THAT(parsed.kept, ElementsAre(S::owner, S::moderators));
  for (const Setting setting : {S::description, S::owner, S::moderators, S::dialect, S::strip, S::token_hours, S::verp,
                                S::html, S::attachment_names, S::nonmember_posts, S::commands_off}) {
    EXPECT_EQ(parsed.config.text(setting), before.text(setting)) << spec_of(setting).name;
  }
  EXPECT_EQ(accepted("* Subscription= Closed\n", before).text(S::commands_off), "which subscribe");
  EXPECT_EQ(accepted("* Subscription= Open\n", with({{S::commands_off, "which subscribe"}})).text(S::commands_off),
            "which");
}

TEST(ListservHeader, EditorsOfTheHeaderTakeThePlaceOfAll) {
  const ListConfig before = with({{S::moderators, "ben@example.org"}, {S::moderator, "carl@example.org"}});
  const ListConfig config = accepted("* Editor= dora@example.org\n* Moderator= All,emil@example.org\n", before);
  EXPECT_EQ(config.text(S::moderators), "dora@example.org\nemil@example.org");
  EXPECT_FALSE(config.is_set(S::moderator));
  EXPECT_FALSE(accepted("* Editor= Owner\n", before).is_set(S::moderators));
}

TEST(ListservHeader, KeepsWhatIsNotObeyedAndSaysSo) {
  const std::string text =
      "* Cooks\n"
      "*.HH ON\n"
      "* Owner= anna@example.org,Quiet:,ben@example.org\n"
      "* Loopcheck= None\n"
      "* Default-Topics= Bread\n"
      "* Notebook= Yes,/var/lists/x,Weekly,Service\n"
      "* Errors-To= Owner\n"
      "* Frobnicate= \"a b\",c # d\n"
      "* PW= grandmothers-soup\n"
      "*.HH OFF\n";
  const ListConfig::Parsed parsed = parse(text);
  ASSERT_THAT(parsed.problems, IsEmpty());
  const std::vector<std::string> sentences = said(parsed.not_obeyed);
  for (const std::string_view keyword :
       {".HH: ", "owner: ", "loopcheck: ", "default-topics: ", "notebook: ", "errors-to: ", "frobnicate: ", "pw: "}) {
    EXPECT_THAT(sentences, Contains(testing::StartsWith(std::string(keyword)))) << keyword;
  }
  const std::string written = exported(parsed.config);
  for (const std::string_view line :
       {"* Owner= anna@example.org,Quiet:,ben@example.org\n", "* Loopcheck= None\n", "* Default-Topics= Bread\n",
        "* Notebook= Yes,/var/lists/x,Weekly,Service\n", "* Errors-To= Owner\n", "* Frobnicate= \"a b\",c\n",
        "* Cooks\n*.HH ON\n", "*.HH OFF\n"}) {
    EXPECT_THAT(written, HasSubstr(std::string(line)));
  }
  EXPECT_THAT(written, Not(HasSubstr("grandmothers-soup")));
  EXPECT_EQ(accepted(written, parsed.config), parsed.config);
  EXPECT_EQ(ListConfig::parse(parsed.config.write()).config, parsed.config) << "in the list's own file as well";
}

TEST(ListservHeader, LoopcheckCanOnlyAskForMore) {
  EXPECT_EQ(accepted(one("Loopcheck= Full")).choice(S::loop_check), "full");
  const ListConfig full = with({{S::owner, "anna@example.org"}, {S::loop_check, "full"}});
  EXPECT_THAT(exported(full), HasSubstr("* Loopcheck= Full\n"));
  EXPECT_EQ(accepted(exported(full), full), full);
  EXPECT_EQ(accepted(one("Loopcheck= Normal"), full).choice(S::loop_check), "normal");
  EXPECT_EQ(accepted(one("Review= Owner"), full).choice(S::loop_check), "normal") << "what LISTSERV does without it";
  for (const std::string_view value :
       {"None", "None,Allow-Bounces", "NoOrigin", "NoBody", "NoCRC,NoSpam", "Spam-Delay(5)", "Full,NoCRC"}) {
    const ListConfig::Parsed parsed = parse(one("Loopcheck= " + std::string(value)));
    EXPECT_THAT(parsed.problems, IsEmpty()) << value;
    EXPECT_THAT(said(parsed.not_obeyed), Contains(HasSubstr("loops and duplicates are looked for in any case")))
        << value;
    EXPECT_THAT(exported(parsed.config), HasSubstr("* Loopcheck= " + std::string(value) + "\n"));
  }
  for (const std::string_view value : {"Allow-Bounces", "Full,None", "Full,NoBody", "Strict", "Normal,Full"}) {
    EXPECT_THAT(parse(one("Loopcheck= " + std::string(value))).problems, Not(IsEmpty())) << value;
  }
}

TEST(ListservHeader, LeavesTheContentFilterAlone) {
  const ListConfig before = with({{S::owner, "anna@example.org"}, {S::content_filter, "Subject: x\nAction: ALLOW"}});
  EXPECT_EQ(accepted(exported(before), before), before);
  EXPECT_EQ(accepted(one("Review= Public"), before).text(S::content_filter), before.text(S::content_filter));
}

TEST(ListservHeader, WhatAnotherDialectKeepsStays) {
  const ListConfig before = ListConfig::parse("frobnicate = yes\n").config;
  EXPECT_EQ(accepted("* Loopcheck= None\n", before).unknown().size(), 2U);
  EXPECT_THAT(exported(before), Not(HasSubstr("robnicate")));
}

TEST(ListservHeader, AnExportReadAgainChangesNothing) {
  std::vector<ListConfig> configs = {ListConfig()};
  for (const Preset preset : all_presets()) configs.push_back(config_for(preset));
  for (const SettingSpec& spec : all_settings()) {
    if (spec.type == SettingType::secret) continue;
    for (const std::string_view value : {"yes",
                                         "no",
                                         "closed",
                                         "open",
                                         "list",
                                         "auto",
                                         "closed+confirm",
                                         "7",
                                         "1000",
                                         "/x/",
                                         "anna@example.org",
                                         "hold",
                                         "challenge",
                                         "discard",
                                         "fr",
                                         "two words",
                                         "Yes= no",
                                         ".HH",
                                         "# ruler",
                                         "$LIST",
                                         "weekly, 01/01"}) {
      ListConfig config = config_for(kDefaultPreset);
      if (config.set(spec.setting, value).ok()) configs.push_back(config);
    }
  }
  for (const ListConfig& config : configs) {
    const std::string written = exported(config);
    EXPECT_EQ(accepted(written, config), config) << written;
  }
}

TEST(ListservHeader, ExportClaimsNoNarrowerAccess) {
  EXPECT_THAT(exported(with({{S::nonmember_posts, "accept"}})), HasSubstr("* Send= Public\n"));
  EXPECT_THAT(exported(with({{S::nonmember_posts, "accept"}, {S::restrict_post, "staff"}})),
              HasSubstr("* Send= Public\n"));
  EXPECT_THAT(exported(with({{S::nonmember_posts, "challenge"}, {S::restrict_post, "staff"}})),
              HasSubstr("* Send= Public,Confirm,Non-Member\n"));
  EXPECT_THAT(exported(with({{S::nonmember_posts, "accept"}, {S::post_access, "closed"}})),
              HasSubstr("* Send= Owner\n"));
  EXPECT_THAT(exported(with({{S::archive, "yes"}, {S::index_access, "open"}})), HasSubstr("* Notebook= Yes,Public\n"));
  EXPECT_THAT(exported(with({{S::noadvertise, "/x/"}})), HasSubstr("* Confidential= No\n"));
}

TEST(ListservHeader, LimitsAndNewMembersGoThereAndBack) {
  struct Case {
    std::string_view written;
    std::initializer_list<std::pair<Setting, std::string_view>> values;
    std::string_view printed;
  };
  const Case cases[] = {
      {"Default-Options= NoRepro,REVIEW", {{S::default_options, "norepro moderated"}}, "NOREPRO,REVIEW"},
      {"Default-Options= Conceal,Digest,NoMIME",
       {{S::default_options, "conceal digest-plain"}},
       "CONCEAL,DIGESTS,NOMIME"},
      {"Default-Options= NoPost", {{S::default_options, "nopost"}}, "NOPOST"},
      {"Default-Options= SubjectHdr,Index", {{S::default_options, "subjecthdr index"}}, "SUBJECTHDR,INDEX"},
      {"Subject-Tag= Rice", {{S::subject_tag, "Rice"}}, "Rice"},
      {"Subject-Tag= \"Rice, bowl\"", {{S::subject_tag, "Rice, bowl"}}, "\"Rice, bowl\""},
      {"Topics= News,,Menus", {{S::topics, "News\nMenus"}}, "News,Menus"},
      {"Ack= Yes", {{S::ack_new_members, "yes"}}, "Yes"},
      {"Service= *.example.org,example.net",
       {{S::join_domains, "*.example.org example.net"}},
       "*.example.org,example.net"},
      {"Filter= Also,*@bad.example,root@*,Allow,ann@bad.example",
       {{S::address_filter, "*@bad.example\nroot@*"}, {S::address_filter_except, "ann@bad.example"}},
       "Also,*@bad.example,root@*,Allow,ann@bad.example"},
      {"Daily-Threshold= 50", {{S::flood_per_day, "50"}, {S::author_posts_per_day, "0"}}, "50"},
      {"Daily-Threshold= 50,5", {{S::flood_per_day, "50"}, {S::author_posts_per_day, "5"}}, "50,5"},
      {"Sender= List", {{S::sender, "$LIST"}}, "List"},
      {"Sender= List,desk@example.org", {{S::sender, "desk@example.org"}}, "desk@example.org"},
      {"Send= Private,dora@example.com,*@partner.example",
       {{S::post_access, "list"}, {S::accept_these_nonmembers, "dora@example.com\n*@partner.example"}},
       "Private,dora@example.com,*@partner.example"},
      {"Send= (STAFF-L),dora@example.com",
       {{S::restrict_post, "STAFF-L"}, {S::accept_these_nonmembers, "dora@example.com"}},
       "(STAFF-L),dora@example.com"},
  };
  for (const Case& each : cases) {
    const std::string keyword(each.written.substr(0, each.written.find('=') + 2));
    const ListConfig config = accepted(one(std::string(each.written)));
    for (const auto& [setting, value] : each.values) EXPECT_EQ(config.text(setting), value) << each.written;
    EXPECT_TRUE(config.unknown().empty()) << each.written;
    const std::string written = exported(config);
    EXPECT_THAT(written, HasSubstr("* " + keyword + std::string(each.printed) + "\n"));
    EXPECT_EQ(accepted(written), config) << written;
  }
}

TEST(ListservHeader, OfLimitsWhatIsNotObeyedIsKeptAndSaid) {
  for (const std::string keyword :
       {"Default-Options= HTML,Repro", "Default-Options= MIME", "Default-Topics= News", "Ack= Msg",
        "Service= Local,*.example.org", "Filter= Safe,*@bad.example", "Sender= \"The Desk <desk@example.org>\"",
        "Send= Editor,dora@example.com", "Send= dora@example.com"}) {
    const ListConfig::Parsed parsed = parse(one(keyword));
    EXPECT_THAT(parsed.problems, IsEmpty()) << keyword;
    EXPECT_FALSE(parsed.not_obeyed.empty()) << keyword;
    EXPECT_THAT(exported(parsed.config), HasSubstr("* " + keyword + "\n"));
  }
  for (const std::string keyword : {"Default-Options= Frob", "Ack= Perhaps", "Service= ann@example.net",
                                    "Filter= Also,nobody", "Daily-Threshold= many", "Daily-Threshold= 1,2,3",
                                    "Sender= nobody", "Topics= All", "Topics= News,\"a b\"", "Subject-Tag= one,two"}) {
    EXPECT_FALSE(parse(one(keyword)).problems.empty()) << keyword;
  }
}

// Of a moderated list every post waits, and nobody is let in by name.
TEST(ListservHeader, ExportNamesTheStrangersWhosePostsPass) {
  const std::pair<Setting, std::string_view> people{S::accept_these_nonmembers, "dora@example.com"};
  EXPECT_THAT(exported(with({people})), HasSubstr("* Send= Private,dora@example.com\n"));
  EXPECT_THAT(exported(with({people, {S::restrict_post, "staff"}})), HasSubstr("* Send= (staff),dora@example.com\n"));
  EXPECT_THAT(exported(with({people, {S::moderate, "yes"}})), HasSubstr("* Send= Editor,Hold,Confirm\n"));
  EXPECT_FALSE(accepted(one("Send= Private"), with({people})).is_set(S::accept_these_nonmembers));
}

TEST(ListservHeader, ANarrowerWordComesInForce) {
  for (const std::string_view choice : {"accept", "challenge"}) {
    for (const std::string_view access : {"list", "closed"}) {
      const ListConfig before = with({{S::nonmember_posts, choice}, {S::post_access, access}, {S::restrict_post, "x"}});
      const ListConfig config = accepted(one("Send= Private"), before);
      EXPECT_EQ(config.choice(S::nonmember_posts), "hold") << choice << access;
      EXPECT_EQ(config.choice(S::post_access), "list") << choice << access;
      EXPECT_THAT(exported(config), HasSubstr("* Send= Private\n"));
    }
  }
  EXPECT_EQ(accepted(one("Confidential= Yes"), with({{S::noadvertise, "/x/"}})).text(S::noadvertise), "/.*/");
}

TEST(ListservHeader, WhatIsKeptHidesNothing) {
  ListConfig config = accepted(one("Misc-Options= UTF8_HEADER") + "* Language= Exchange\n* Send= Private,NoMIME\n");
  EXPECT_THAT(exported(config), HasSubstr("* Misc-Options= UTF8_HEADER\n"));
  for (const auto& [setting, value] :
       {std::pair<Setting, std::string_view>{S::html, "reject"}, {S::language, "fr"}, {S::nonmember_posts, "accept"}}) {
    ASSERT_TRUE(config.set(setting, value).ok());
  }
  EXPECT_THAT(exported(config),
              AllOf(HasSubstr("DISCARD_HTML"), HasSubstr("* Language= French\n"), HasSubstr("* Send= Public\n")));
}

// In another list it means the same, as far as there are words for it.
TEST(ListservHeader, PresetsMeanTheSameInAnotherList) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    const ListConfig other = accepted(exported(config));
    for (const Setting setting : {S::subscribe_policy, S::post_access, S::who_access, S::get_access, S::attachments,
                                  S::attachment_action, S::unsubscribe_policy}) {
      const bool is_listed = setting == S::attachments && config.text(setting).find('/') != std::string::npos;
      if (is_listed) continue;
      EXPECT_EQ(other.text(setting), config.text(setting)) << name_of(preset);
    }
    EXPECT_EQ(other.text(S::noadvertise).empty(), config.text(S::noadvertise).empty()) << name_of(preset);
    EXPECT_EQ(exported(other), exported(config));
  }
}

TEST(ListservHeader, ExportSaysWhoMayDoWhatInAnyCase) {
  const std::string written = exported(ListConfig());
  for (const std::string_view line :
       {"* Subscription= Open,Confirm\n", "* Send= Private\n", "* Review= Owner\n", "* Validate= Yes,Confirm\n",
        "* Confidential= No\n", "* Attachments= Yes\n", "* Reply-To= Sender,Respect\n"}) {
    EXPECT_THAT(written, HasSubstr(std::string(line)));
  }
  EXPECT_THAT(written, Not(HasSubstr("Attachment=")));
}

// The settings of TR08-003, Appendix B, as they are printed.
TEST(ListservHeader, TakesTheExampleOfTheReportAsPrinted) {
  const ListConfig::Parsed parsed = parse(
      "Owner =    owner1@hostname.example owner2@hostname.example\n"
      "Editor =      moderator1@hostname.example moderator2@hostname.example\n"
      "Subscription =     by_owner,confirm      (for private mailing lists) or\n"
      "open,confirm             (for public mailing lists)\n"
      "Review =             Owner                       (Only list owners can review the member list)\n"
      "Send =                Editor                        (All messages must be moderated)\n"
      "Attachment =       No                            (No attachments allowed)\n"
      "Confidential =      Yes                           (List name will not show in the global list)\n"
      "Validate =           Yes,Confirm              (Restrict list commands)\n");
  ASSERT_THAT(parsed.problems, IsEmpty());
  const ListConfig& config = parsed.config;
  EXPECT_EQ(config.text(S::owner), "owner1@hostname.example\nowner2@hostname.example");
  EXPECT_EQ(config.text(S::moderators), "moderator1@hostname.example\nmoderator2@hostname.example");
  EXPECT_EQ(config.choice(S::subscribe_policy), "closed+confirm");
  EXPECT_EQ(config.choice(S::who_access), "closed");
  EXPECT_TRUE(config.is_on(S::moderate));
  EXPECT_EQ(config.text(S::attachments), "no");
  EXPECT_EQ(config.text(S::noadvertise), "/.*/");
  ASSERT_EQ(parsed.notes.size(), 3U);
  EXPECT_EQ(parsed.notes[0].line, 1U);
  EXPECT_EQ(parsed.notes[1].line, 2U);
  EXPECT_EQ(parsed.notes[2].line, 7U);
  EXPECT_THAT(parsed.notes[2].what, HasSubstr("attachments="));
}

}  // namespace
}  // namespace majlis::lists
