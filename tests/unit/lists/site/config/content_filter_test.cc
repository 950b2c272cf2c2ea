// LISTSERV's content filter: how its rules are read, and how a list's templates say them.
#include "lists/site/config/content_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/dialect.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Action = ContentRule::Action;
using Where = ContentRule::Where;

ContentRule only(std::string_view line) {
  const ContentFilter filter = read_content_filter(line);
  EXPECT_FALSE(filter.fault) << in_english(*filter.fault);
  EXPECT_EQ(filter.rules.size(), 1U);
  return filter.rules.empty() ? ContentRule{} : filter.rules.front();
}

std::string fault_in(std::string_view value) {
  const ContentFilter filter = read_content_filter(value);
  return filter.fault ? std::to_string(filter.fault_line) + " " + in_english(*filter.fault) : "";
}

TEST(ContentFilter, ReadsWhereARuleLooks) {
  EXPECT_EQ(only("Subject: Out of Office").where, Where::field);
  EXPECT_EQ(only("Subject: Out of Office").field, "Subject");
  EXPECT_EQ(only("header: x").where, Where::header);
  EXPECT_EQ(only("TEXT: x").where, Where::text);
  EXPECT_EQ(only("I am away").where, Where::text);
  EXPECT_EQ(only("http://casino.example/").where, Where::text);
  EXPECT_EQ(only("see: a: b").field, "see");
  EXPECT_EQ(only("a:b: c").where, Where::text);
}

TEST(ContentFilter, ReadsWhatARuleLooksFor) {
  EXPECT_EQ(only("Subject: Out of Office").pattern, "*out of office*");
  EXPECT_EQ(only("Subject: Out*").pattern, "out*");
  EXPECT_EQ(only("Subject:: Urgent").pattern, "urgent");
  EXPECT_EQ(only("Subject::\tUrg*").pattern, "urg*");
  EXPECT_EQ(only("Subject::").pattern, "");
  EXPECT_EQ(only("Text::").pattern, "");
  EXPECT_EQ(only("  I am away ").pattern, "*i am away*");
  EXPECT_EQ(only("Text: a: b").pattern, "*a: b*");
}

TEST(ContentFilter, ReadsTheActionBelowARule) {
  const ContentFilter filter = read_content_filter(
      "one\n\nAction: REJECT No holiday notes, please.\ntwo\naction: Discard\nthree\nAction:ALLOW\nfour\nAction: "
      "MODERATE\nfive");
  ASSERT_FALSE(filter.fault) << in_english(*filter.fault);
  std::vector<Action> actions;
  for (const ContentRule& rule : filter.rules) actions.push_back(rule.action);
  EXPECT_THAT(actions, ElementsAre(Action::reject, Action::discard, Action::allow, Action::moderate, Action::reject));
  EXPECT_EQ(filter.rules.front().words, "No holiday notes, please.");
  EXPECT_EQ(filter.rules.front().written, "one");
}

TEST(ContentFilter, TellsWhichLineIsNone) {
  EXPECT_THAT(fault_in("Action: ALLOW\nx"), HasSubstr("0 line 1 of the rules: 'Action: ALLOW' stands below no rule"));
  EXPECT_THAT(fault_in("x\nAction: ALLOW\nAction: REJECT"), HasSubstr("2 line 3 of the rules: 'Action: REJECT'"));
  EXPECT_THAT(fault_in("x\nAction: DELETE"), HasSubstr("line 2 of the rules: 'DELETE' is none of ALLOW"));
  EXPECT_THAT(fault_in("x\nAction:"), HasSubstr("line 2 of the rules: '' is none of"));
  EXPECT_THAT(fault_in("x\nAction: MODERATE now"), HasSubstr("only REJECT and DISCARD take words, not 'now'"));
  EXPECT_THAT(fault_in("x\nGr\xC3\xBC\xC3\x9F"
                       "e: hallo"),
              HasSubstr("1 line 2 of the rules: 'Gr\xC3\xBC\xC3\x9F"
                        "e' is not"));
  EXPECT_THAT(fault_in("Subject:"), HasSubstr("'Subject:' has nothing to look for"));
  EXPECT_THAT(fault_in("Header::"), HasSubstr("'Header::' has nothing to look for"));
  std::string many;
  for (std::size_t i = 0; i < kMaxContentRules; ++i) many += "x\n\nAction: ALLOW\n";
  EXPECT_EQ(fault_in(many), "");
  EXPECT_THAT(fault_in(many + "y"), HasSubstr("more than 100 rules"));
}

TEST(ContentFilter, IsASettingThatIsCheckedAndReadBack) {
  ListConfig config;
  EXPECT_THAT(config.set(Setting::content_filter, "x\nAction: KEEP").error().what,
              HasSubstr("content_filter: line 2 of the rules: 'KEEP'"));
  const std::string rules = "Subject:: \n#1 offer\n- x\n\nX-A: *b\nAction: REJECT a, \"b\"";
  ASSERT_TRUE(config.set(Setting::content_filter, rules).ok());
  EXPECT_EQ(ListConfig::parse(config.write()).config, config);
}

ListConfig::Parsed put(std::string_view text, const ListConfig& before = {}) {
  return ListConfig::parse(text, listserv_templates(), before);
}

TEST(ListTemplates, ChangeTheContentFilterAlone) {
  ListConfig before = ListConfig::parse("description = Cooks\nfrobnicate = yes\n").config;
  ListConfig::Parsed parsed =
      put("PUT COOKS MAILTPL PW=\n\n>>> content_filter Rules\nSubject: x\nAction: ALLOW\n", before);
  ASSERT_THAT(parsed.problems, IsEmpty());
  EXPECT_EQ(parsed.config.text(Setting::content_filter), "Subject: x\nAction: ALLOW");
  parsed.config.unset(Setting::content_filter);
  EXPECT_EQ(parsed.config, before);
  ASSERT_TRUE(before.set(Setting::content_filter, "x").ok());
  EXPECT_FALSE(put(">>> CONTENT_FILTER\n", before).config.is_set(Setting::content_filter)) << "none is a way to end it";
}

TEST(ListTemplates, GoThereAndBack) {
  for (const std::string_view rules :
       {"", "Subject: x\n\nfoo\nAction: REJECT No: this is, a \"rule\"", "away\nX-Loop::\nAction: DISCARD"}) {
    ListConfig config;
    ASSERT_TRUE(config.set(Setting::content_filter, rules).ok());
    const std::string text = write_in(listserv_templates(), config, "cooks");
    EXPECT_EQ(put(text, config).config, config) << text;
  }
  ListConfig config;
  ASSERT_TRUE(config.set(Setting::content_filter, ">>> x\nend\n// y").ok());
  EXPECT_EQ(write_in(listserv_templates(), config, "cooks"),
            ">>> CONTENT_FILTER\nText: >>> x\nText: end\nText: // y\n");
}

std::vector<std::string> problems_in(std::string_view text) {
  std::vector<std::string> problems;
  for (const ConfigProblem& problem : put(text).problems) {
    problems.push_back(std::to_string(problem.line) + " " + problem.what);
  }
  return problems;
}

TEST(ListTemplates, AreRefusedWithTheLine) {
  EXPECT_THAT(problems_in("\n>>> CONTENT_FILTER\nx\nAction: KEEP\n"),
              ElementsAre("3 CONTENT_FILTER: line 2 of the rules: 'KEEP' is none of ALLOW, REJECT, MODERATE, DISCARD"));
  EXPECT_THAT(problems_in(">>> WELCOME Hello\nYou are in.\n>>> CONTENT_FILTER\nx\n>>> CONTENT_FILTER\ny\n"),
              ElementsAre(HasSubstr("1 'WELCOME' is no template"), HasSubstr("5 'CONTENT_FILTER' begins a second")));
  EXPECT_THAT(problems_in("Subject: x\nAction: ALLOW\n"), ElementsAre(HasSubstr("1 no template begins")));
  EXPECT_THAT(problems_in(""), ElementsAre(HasSubstr("0 no template begins")));
  EXPECT_THAT(problems_in("> >>> CONTENT_FILTER\n> x\n"), ElementsAre(HasSubstr("1 no template begins")));
}

}  // namespace
}  // namespace majlis::lists
