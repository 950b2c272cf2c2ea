#include "lists/site/config/mailman_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "foreign/mailman/list_state.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/mailman_patterns.h"
#include "lists/site/config/mailman_text.h"
#include "lists/site/config/presets.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using S = Setting;

ListConfig::Parsed parse(std::string_view text, const ListConfig& before = {}) {
  return ListConfig::parse(text, mailman(), before);
}

ListConfig loaded(std::string_view text, const ListConfig& before = {}) {
  const ListConfig::Parsed parsed = parse(text, before);
  for (const ConfigProblem& problem : parsed.problems) ADD_FAILURE() << problem.line << ' ' << problem.what;
  return parsed.config;
}

std::string exported(const ListConfig& config) { return write_in(mailman(), config, "cooks"); }

std::vector<std::string> not_obeyed(std::string_view text) {
  std::vector<std::string> sentences;
  for (const Phrase& phrase : parse(text).not_obeyed) sentences.push_back(in_english(phrase));
  return sentences;
}

// What an export of a list says, read again for the same list, changes nothing, and for a list that has nothing yet it
// means the same for Mailman.
void expect_there_and_back(const ListConfig& config) {
  const std::string text = exported(config);
  const ListConfig::Parsed again = parse(text, config);
  EXPECT_THAT(again.problems, IsEmpty()) << text;
  EXPECT_EQ(again.config.write(), config.write());
  EXPECT_EQ(again.config, config);
  EXPECT_EQ(exported(loaded(text)), text);
  EXPECT_EQ(ListConfig::parse(config.write()).config, config);
}

TEST(MailmanCodec, CarriesEveryPresetThereAndBack) {
  for (const Preset preset : all_presets()) expect_there_and_back(config_for(preset));
  expect_there_and_back({});
}

// Its members' moderation bits do not say it: they are of the roster, not of the list.
TEST(MailmanCodec, NoListThatIsClosedToPostsIsOpenByItsExport) {
  for (const Preset preset : all_presets()) {
    const ListConfig config = config_for(preset);
    const bool waits = config.is_on(S::moderate) || config.choice(S::post_access) == "closed";
    const ListConfig there = loaded(exported(config), config_for(Preset::public_discussion));
    EXPECT_EQ(there.is_on(S::emergency), waits) << name_of(preset);
  }
  ListConfig closed = config_for(Preset::public_discussion);
  ASSERT_TRUE(closed.set(S::post_access, "closed").ok());
  EXPECT_TRUE(loaded(exported(closed), config_for(Preset::public_discussion)).is_on(S::emergency));
}

TEST(MailmanCodec, LeavesWhatAFileDoesNotName) {
  const ListConfig before = config_for(Preset::announce_only);
  const ListConfig after = loaded("subscribe_policy = 1\n", before);
  EXPECT_EQ(after.choice(S::subscribe_policy), "open+confirm");
  for (const SettingSpec& spec : all_settings()) {
    if (spec.setting == S::subscribe_policy) continue;
    EXPECT_EQ(after.text(spec.setting), before.text(spec.setting)) << spec.name;
  }
  EXPECT_EQ(loaded("", before), before);
}

TEST(MailmanCodec, KnowsEveryAttributeOfADumpOnce) {
  std::map<std::string_view, int> names;
  for (const auto& rows : {mailman_people(), mailman_senders(), mailman_content()}) {
    for (const MailmanAttribute& row : rows) ++names[row.name];
  }
  for (const MailmanChoice& row : mailman_choices()) ++names[row.name];
  for (const MailmanNumber& row : mailman_numbers()) ++names[row.name];
  for (const MailmanKept& row : mailman_kept()) ++names[row.name];
  for (const auto& [name, count] : names) EXPECT_EQ(count, 1) << name;
  EXPECT_EQ(names.size(), 118U);
}

TEST(MailmanCodec, ReadsWhoMayJoinAndAsk) {
  const ListConfig config = loaded(
      "owner = ['anne@example.org', 'bert@example.org']\nmoderator = ['carl@example.org']\nsubscribe_policy = 3\n"
      "unsubscribe_policy = True\nprivate_roster = 2\nadvertised = 0\nban_list = ['dave@example.org', "
      "'^.*@spam\\\\.example$']\nnew_member_options = 276\ndigest_is_default = 1\nadmin_notify_mchanges = 0\n");
  EXPECT_THAT(config.lines(S::owner), ElementsAre("anne@example.org", "bert@example.org"));
  EXPECT_EQ(config.text(S::moderators), "carl@example.org");
  EXPECT_EQ(config.choice(S::subscribe_policy), "closed+confirm");
  EXPECT_EQ(config.choice(S::unsubscribe_policy), "closed+confirm");
  EXPECT_EQ(config.choice(S::who_access), "closed");
  EXPECT_EQ(config.text(S::noadvertise), "/.*/");
  EXPECT_THAT(config.lines(S::address_filter), ElementsAre("dave@example.org", "*@spam.example"));
  EXPECT_EQ(config.text(S::default_options), "ack conceal nodupes digest");
  EXPECT_FALSE(config.is_on(S::announcements));
  expect_there_and_back(config);
}

TEST(MailmanCodec, AnEmptyListOfOwnersLeavesThem) {
  ListConfig before;
  ASSERT_TRUE(before.set(S::owner, "anne@example.org").ok());
  EXPECT_EQ(loaded("owner = []\n", before).text(S::owner), "anne@example.org");
}

TEST(MailmanCodec, ReadsWhosePostsPass) {
  const ListConfig config = loaded(
      "generic_nonmember_action = 3\ndefault_member_moderation = 1\nmember_moderation_action = 1\n"
      "accept_these_nonmembers = ['eve@example.org', '@other', '^(a|b)@x']\ndmarc_moderation_action = 2\n"
      "dmarc_quarantine_moderation_action = 1\ndmarc_none_moderation_action = 1\nmax_num_recipients = 10\n"
      "max_message_size = 100\nmax_days_to_hold = 0\nemergency = 1\nrequire_explicit_destination = 1\n");
  EXPECT_EQ(config.choice(S::nonmember_posts), "discard");
  EXPECT_EQ(config.text(S::default_options), "nopost");
  EXPECT_EQ(config.text(S::accept_these_nonmembers), "eve@example.org");
  EXPECT_EQ(config.choice(S::dmarc), "wrap");
  EXPECT_EQ(config.choice(S::dmarc_from), "all");
  EXPECT_EQ(config.integer(S::max_recipients), 9);
  EXPECT_EQ(config.integer(S::maxlength), 102'400);
  EXPECT_EQ(config.integer(S::hold_days), 60);
  EXPECT_TRUE(config.is_on(S::emergency));
  EXPECT_TRUE(config.is_on(S::require_list_address));
  expect_there_and_back(config);
}

// From there an open list is one that takes strangers' posts; here it stays what it was, unless it is said otherwise.
TEST(MailmanCodec, DoesNotCloseAnOpenListOrOpenAClosedOneBySayingWhatIsSo) {
  ListConfig open;
  ASSERT_TRUE(open.set(S::post_access, "open").ok());
  EXPECT_THAT(exported(open), HasSubstr("generic_nonmember_action = 0\n"));
  EXPECT_EQ(loaded("generic_nonmember_action = 0\n", open), open);
  EXPECT_EQ(loaded("generic_nonmember_action = 1\n", open).choice(S::post_access), "list");
  ListConfig closed;
  ASSERT_TRUE(closed.set(S::post_access, "closed").ok());
  EXPECT_EQ(loaded("generic_nonmember_action = 1\n", closed), closed);
}

TEST(MailmanCodec, MungesEveryAuthorWhereFromIsListSaysMoreThanDmarc) {
  const ListConfig config = loaded("from_is_list = 1\ndmarc_moderation_action = 0\n");
  EXPECT_EQ(config.choice(S::dmarc), "munge");
  EXPECT_EQ(config.choice(S::dmarc_from), "all");
  expect_there_and_back(config);
  EXPECT_EQ(loaded("from_is_list = 1\ndmarc_moderation_action = 3\n").choice(S::dmarc), "reject");
}

TEST(MailmanCodec, AnswersGoWhereBothAttributesTogetherSay) {
  const ListConfig config = loaded("reply_goes_to_list = 2\nreply_to_address = 'desk@example.org'\n");
  EXPECT_EQ(config.text(S::reply_to_mode), "desk@example.org");
  expect_there_and_back(config);
  EXPECT_EQ(loaded("reply_to_address = 'new@example.org'\n", config).text(S::reply_to_mode), "new@example.org");
  EXPECT_EQ(loaded("reply_goes_to_list = 1\nreply_to_address = 'desk@example.org'\n").text(S::reply_to_mode), "list");
  EXPECT_EQ(loaded("reply_goes_to_list = 2\nreply_to_address = ''\n").text(S::reply_to_mode), "author");
}

TEST(MailmanCodec, EverySizeThatIsWrittenIsReadAgain) {
  const std::int64_t most = spec_of(S::maxlength).maximum;
  for (const std::int64_t octets : {most, most - 1, most - 1024, std::int64_t{50'001}}) {
    ListConfig config;
    ASSERT_TRUE(config.set(S::maxlength, std::to_string(octets)).ok());
    const std::int64_t again = loaded(exported(config)).integer(S::maxlength);
    EXPECT_GE(again, octets);
    EXPECT_LT(again, octets + 1024);
  }
  EXPECT_THAT(parse("max_message_size = 976564\n").problems, Not(IsEmpty()));
}

TEST(MailmanCodec, HeaderRulesThrowAwayRefuseAndHold) {
  const ListConfig config = loaded(
      "header_filter_rules = [('^x-spam: yes\\r\\n# remark\\r\\n^subject:.*a/b', 3, False), ('^x-r:', 2, False), "
      "('^x-h:', 7, False), ('^x-off:', 0, False)]\nbounce_matching_headers = '# none\\nto: friend@public.com\\n'\n");
  EXPECT_THAT(config.lines(S::discard_headers), ElementsAre("/^x-spam: yes/i", "/^subject:.*a\\/b/i"));
  EXPECT_EQ(config.text(S::reject_headers), "/^x-r:/i");
  EXPECT_THAT(config.lines(S::taboo_headers), ElementsAre("/^x-h:/i", "/^to:.*friend@public.com/i"));
  expect_there_and_back(config);
  EXPECT_THAT(not_obeyed("header_filter_rules = [('^x-ok:', 6, False)]\n"),
              ElementsAre("header_filter_rules: ^x-ok: is kept, and nothing is done about it"));
  EXPECT_THAT(parse("header_filter_rules = [('x', 1, False)]\n").problems, Not(IsEmpty()));
}

TEST(MailmanCodec, TheContentFilterCountsWhileItIsOn) {
  const std::string filter =
      "pass_mime_types = \"multipart\\ntext/plain\\nimage\\napplication/pdf\"\nfilter_filename_extensions = ['exe', "
      "'bat']\ncollapse_alternatives = 1\nconvert_html_to_plaintext = 0\n";
  const ListConfig config = loaded("filter_content = 1\n" + filter);
  EXPECT_EQ(config.text(S::attachments), "text/plain, image/*, application/pdf");
  EXPECT_EQ(config.text(S::attachment_names), "exe, bat");
  EXPECT_TRUE(config.is_on(S::collapse_alternatives));
  EXPECT_EQ(config.choice(S::html), "text");  // text/html does not pass
  expect_there_and_back(config);

  const ListConfig off = loaded("filter_content = 0\n" + filter, config_for(Preset::public_discussion));
  EXPECT_EQ(off.text(S::attachments), "yes");
  EXPECT_FALSE(off.is_set(S::attachment_names));
  EXPECT_EQ(off.choice(S::html), "clean");
  EXPECT_THAT(exported(off), HasSubstr("filter_content = 0\n"));
  EXPECT_THAT(exported(off), HasSubstr("filter_filename_extensions = ['exe', 'bat']\n"));
  expect_there_and_back(off);
}

TEST(MailmanCodec, TypesThatAreNotTakenOutAreTold) {
  EXPECT_THAT(not_obeyed("filter_content = 1\nfilter_mime_types = 'text/html\\napplication/x-msdownload'\n"),
              ElementsAre("filter_mime_types: application/x-msdownload is kept, and nothing is done about it"));
}

TEST(MailmanCodec, TextsAroundPostsAreInOurWordsAndBack) {
  const ListConfig config = loaded(
      "host_name = 'example.org'\nmsg_footer = '-- \\n%(real_name)s: 100%% $LIST\\n%(real_name)s@%(host_name)s\\n"
      "%(web_page_url)slistinfo\\n'\n");
  EXPECT_THAT(config.lines(S::message_footer), ElementsAre("-- ", "$LIST: 100% \\$LIST", "$LIST@example.org"));
  expect_there_and_back(config);
  const ListConfig changed = [&] {
    ListConfig next = config;
    EXPECT_TRUE(next.set(S::message_footer, "$LIST 5% \\$LIST").ok());
    return next;
  }();
  EXPECT_THAT(exported(changed), HasSubstr("msg_footer = '%(real_name)s 5%% $LIST'\n"));
}

TEST(MailmanCodec, TopicsArePatterns) {
  const ListConfig config = loaded(
      "topics_enabled = 1\ntopics = [('Build system', 'build\\r\\ncmake', 'how it is made', False), ('News', 'news', "
      "'', "
      "False)]\n");
  EXPECT_THAT(config.lines(S::topics), ElementsAre("Build-system /build|cmake/i how it is made", "News /news/i"));
  expect_there_and_back(config);
  EXPECT_FALSE(loaded("topics_enabled = 0\ntopics = [('News', 'news', '', False)]\n").is_set(S::topics));
}

TEST(MailmanCodec, TheAutoresponderComesAlong) {
  const ListConfig config = loaded(
      "autorespond_postings = 1\nautorespond_admin = 0\nautorespond_requests = 2\nautoresponse_graceperiod = 7\n"
      "autoresponse_postings_text = \"\"\"Thank you for writing to %(listname)s; 100%%.\nSee %(listurl)s\nor "
      "%(adminemail)s.\"\"\"\nautoresponse_request_text = 'For $5 ask %(requestemail)s'\n");
  EXPECT_TRUE(config.is_on(S::autorespond_postings));
  EXPECT_FALSE(config.is_on(S::autorespond_admin));
  EXPECT_EQ(config.choice(S::autorespond_requests), "process");
  EXPECT_EQ(config.integer(S::autoresponse_graceperiod), 7);
  EXPECT_THAT(config.lines(S::autoresponse_postings_text),
              ElementsAre("Thank you for writing to $LIST; 100%.", "or $OWNER."));
  EXPECT_EQ(config.text(S::autoresponse_request_text), "For $5 ask $REQUEST");
  expect_there_and_back(config);
  EXPECT_EQ(loaded("autorespond_requests = 1\n").choice(S::autorespond_requests), "discard");
  EXPECT_EQ(loaded("autoresponse_graceperiod = 1000\n").integer(S::autoresponse_graceperiod), 365);
  EXPECT_THAT(parse("autorespond_requests = 3\n").problems, Not(IsEmpty()));
}

TEST(MailmanCodec, OtherNamesOfTheListArePatternsFromTheBeginningOfTheAddress) {
  const ListConfig config = loaded("acceptable_aliases = \"\"\"cooks-old\n.*-cooks@example\\.org|x\n(cooks\"\"\"\n");
  EXPECT_THAT(config.lines(S::acceptable_aliases),
              ElementsAre("/^(?:cooks-old)/i", "/^(?:.*-cooks@example\\.org|x)/i", "/^(?:\\(cooks)/i"));
  expect_there_and_back(config);
  EXPECT_THAT(exported(config), HasSubstr("cooks-old"));
  EXPECT_EQ(expression_of_alias("/^(?:a)|(?:b)/i"), "^(?:a)|(?:b)");
  EXPECT_EQ(expression_of_alias("/old/"), ".*(?:old)");
}

TEST(MailmanCodec, GroupsOfDomainsAndWhoNeedsNoApproval) {
  const ListConfig config = loaded(
      "equivalent_domains = 'a.org, b.org;\\nc.com,d.com;'\n"
      "subscribe_auto_approval = ['ann@example.org', '^.*@example\\\\.net$', '@soups']\n");
  EXPECT_THAT(config.lines(S::equivalent_domains), ElementsAre("a.org b.org", "c.com d.com"));
  EXPECT_THAT(config.lines(S::subscribe_auto_approval), ElementsAre("ann@example.org", "*@example.net"));
  expect_there_and_back(config);
  EXPECT_THAT(not_obeyed("subscribe_auto_approval = ['@soups']\n"), Not(IsEmpty()));
  EXPECT_THAT(parse("equivalent_domains = 'a b@c'\n").problems, Not(IsEmpty()));
}

TEST(MailmanCodec, KeepsWhatNothingHereObeysAndSaysSoUnlessItAsksForNothing) {
  EXPECT_THAT(not_obeyed("umbrella_list = 0\nsend_reminders = False\nacceptable_aliases = '\\n'\nnntp_host = ''\n"),
              IsEmpty());
  EXPECT_THAT(
      not_obeyed("nntp_host = 'news.example.org'\nsome_day = 3\n"),
      ElementsAre("nntp_host: kept: there is no way to newsgroups here", "some_day: not known to Majlis; it is kept"));
  const ListConfig config = loaded("nntp_host = 'news.example.org'\nsome_day = 3\n_new_volume = 1\n");
  EXPECT_THAT(exported(config), HasSubstr("nntp_host = 'news.example.org'\n"));
  EXPECT_THAT(exported(config), HasSubstr("some_day = 3\n"));
  EXPECT_THAT(exported(config), Not(HasSubstr("_new_volume")));
  expect_there_and_back(config);
}

TEST(MailmanCodec, RefusesByLineWhatMailmanWouldNotTake) {
  const auto parsed = parse("private_roster = 7\nimport os\nmax_message_size = 'x'\ndescription = 3\n");
  ASSERT_EQ(parsed.problems.size(), 4U);
  EXPECT_EQ(parsed.problems[0].line, 1U);
  EXPECT_THAT(parsed.problems[0].what, HasSubstr("private_roster: "));
  EXPECT_EQ(parsed.problems[1].line, 2U);
  EXPECT_EQ(parsed.problems[2].line, 3U);
  EXPECT_EQ(parsed.problems[3].what, "description: is a text, not 3");
  EXPECT_EQ(parsed.config, ListConfig());
}

TEST(MailmanPatterns, SayWhatAddressPatternsSay) {
  EXPECT_EQ(expression_of_wildcard("*@spam.example"), "^.*@spam\\.example$");
  EXPECT_EQ(expression_of_wildcard("a.b@example.org"), "a.b@example.org");
}

TEST(MailmanPatterns, OfExpressionsThatAreReadOtherwiseIsTold) {
  const std::string text = "discard_these_nonmembers = ['^.*@spam.example', '^x@bad\\\\.example$', '^..@x']\n";
  EXPECT_THAT(loaded(text).lines(S::discard_these_nonmembers), ElementsAre("*@spam.example*", "x@bad.example"));
  EXPECT_THAT(not_obeyed(text),
              ElementsAre("discard_these_nonmembers: ^.*@spam.example is obeyed as *@spam.example*; it is kept",
                          "discard_these_nonmembers: ^..@x is kept, and nothing is done about it"));
}

// Where a state does not name a variable, the importer says what Mailman would have had.
TEST(MailmanDefaults, OfNumbersAreWhatTheVariableWouldBeReadAs) {
  const auto list = foreign::read_list_state("(dS'real_name'\nS'Cooks'\ns.", "config.pck");
  ASSERT_TRUE(list.ok());
  const ListConfig config = loaded("max_num_recipients = 10\nmax_message_size = 40\n");
  std::size_t numbers = 0;
  for (const auto& [setting, value] : list->config.defaults) {
    const auto* const spec = find_setting(setting);
    ASSERT_NE(spec, nullptr) << setting;
    if (spec->type != SettingType::integer) continue;
    EXPECT_EQ(config.text(spec->setting), value) << setting;
    ++numbers;
  }
  EXPECT_EQ(numbers, 2U);
}

class MailmanCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!path_exists(directory_)) GTEST_SKIP() << "no test corpus at " << directory_;
  }
  std::string read(const std::string& name) {
    const Result<std::string> text = read_file(directory_ + "/" + name, 1'000'000);
    EXPECT_TRUE(text.ok()) << name;
    return text.ok() ? *text : "";
  }
  std::string settings_of_state(const std::string& name) {
    const auto list = foreign::read_list_state(read(name), name);
    EXPECT_TRUE(list.ok()) << name;
    return list.ok() ? list->config.text : "";
  }
  std::string directory_ = std::string(MAJLIS_CORPUS_DIR) + "/config/mailman2";
};

TEST_F(MailmanCorpus, ADumpAndTwoStatesAreReadAndWrittenBackToTheSameMeaning) {
  std::vector<std::string> texts = {read("sitelist-Koumbit.cfg")};
  for (const char* const name : {"config.pck", "config-with-instances.pck"}) texts.push_back(settings_of_state(name));
  for (const std::string& text : texts) {
    const ListConfig config = loaded(text);
    expect_there_and_back(config);
    for (const Preset preset : all_presets()) expect_there_and_back(loaded(text, config_for(preset)));
  }
}

TEST_F(MailmanCorpus, AStateMeansWhatItSays) {
  const std::string dump = settings_of_state("config.pck");
  EXPECT_THAT(dump, HasSubstr("bounce_info_stale_after = 7\n"));
  EXPECT_THAT(dump, Not(HasSubstr("passwords")));
  EXPECT_THAT(dump, Not(HasSubstr("created_at")));
  const ListConfig config = loaded(dump);
  EXPECT_EQ(config.text(S::owner), "anne@example.com");
  EXPECT_EQ(config.text(S::subject_prefix), "[Test]");
  EXPECT_EQ(config.choice(S::who_access), "list");
  EXPECT_EQ(config.choice(S::nonmember_posts), "hold");
  EXPECT_EQ(config.integer(S::bounce_stale_days), 7);
  EXPECT_EQ(config.choice(S::get_access), "open");
  EXPECT_EQ(config.text(S::default_options), "nodupes");
  EXPECT_THAT(config.text(S::message_footer), HasSubstr("$LIST mailing list\n$LIST@heresy.example.org"));
}

}  // namespace
}  // namespace majlis::lists
