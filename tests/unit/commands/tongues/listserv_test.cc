#include "commands/tongues/listserv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/token.h"
#include "commands/tongues/tongues.h"

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tongues::Request;
using tongues::Trouble;
using tongues::Verb;

ListWord at_listserv(std::string_view word) {
  return word == "cooks" || word == "bakers" ? ListWord::known : ListWord::unknown;
}
ListWord at_request(std::string_view word) { return word == "cooks" ? ListWord::known : ListWord::none; }

std::vector<Request> read_text(std::string_view text) { return kListserv.read(text, 25, at_listserv); }
Request read_line(std::string_view line) {
  const std::vector<Request> requests = read_text(line);
  return requests.empty() ? Request() : requests.front();
}
std::vector<Verb> verbs_of(const std::vector<Request>& requests) {
  std::vector<Verb> verbs;
  for (const Request& request : requests) verbs.push_back(request.verb);
  return verbs;
}

std::string a_token() {
  EXPECT_TRUE(auth::start_crypto().ok());
  return auth::make_token(auth::SecretKey(1, {}), {"cooks", "subscribe", "ben@example.net", ""}, 1'800'000'000);
}

TEST(Listserv, ReadsSubscribeWithANameAndOptions) {
  const Request request = read_line("SUB cooks Ben Brook WITH NOMAIL digest nomime");
  EXPECT_EQ(request.verb, Verb::subscribe);
  EXPECT_THAT(request.arguments, ElementsAre("cooks"));
  EXPECT_EQ(request.join->name, "Ben Brook");
  EXPECT_THAT(request.join->options, ElementsAre("nomail", "digest", "plain"));
  EXPECT_EQ(request.echo, "SUB cooks Ben Brook WITH NOMAIL digest nomime");
  EXPECT_FALSE(read_line("sub cooks").join.has_value());
  const Request anonymous = read_line("join cooks anonymous");
  EXPECT_EQ(anonymous.join->name, "");
  EXPECT_THAT(anonymous.join->options, ElementsAre("conceal"));
  EXPECT_THAT(read_line("sub cooks ben@example.net").arguments, ElementsAre("cooks", "ben@example.net"));
}

TEST(Listserv, ShowsWhatIsNoSecret) {
  for (const char* line : {"lists global garden", "L GLOBAL / soup", "set cooks topics: +menus -news",
                           "move cooks ben@example.net to bakers", "MOVE cooks ben@example.net bakers",
                           "query cooks with nomail for b*@example.*", "query cooks with topics: menus for *",
                           "query ***GUI*** cooks for *"}) {
    EXPECT_EQ(read_line(line).echo, line);
  }
  EXPECT_EQ(read_line("lists hunter2").echo, "lists ***");
  EXPECT_EQ(read_line("lists global hunter!2").echo, "lists global ***");
  EXPECT_EQ(read_line("set cooks topics: hunter_2!").echo, "set cooks topics: ***");
  EXPECT_EQ(read_line("move cooks ben@example.net bakers hunter2").echo, "move cooks ben@example.net bakers ***");
  EXPECT_EQ(read_line("query cooks hunter2").echo, "query cooks ***");
  EXPECT_EQ(read_line("query cooks for hunter2").echo, "query cooks for ***");
  EXPECT_EQ(read_line("query cooks for hunter*!2").echo, "query cooks for ***");
}

TEST(Listserv, PutsABrokenCodeTogether) {
  const std::string token = a_token();
  const std::string begin = token.substr(0, 11);
  const std::string end = token.substr(11);
  for (const std::string& text :
       {"OK " + begin + "=\n" + end, "ok " + begin + "\n" + end, "OK\n" + token, "OK\n" + begin + "=\n" + end,
        "OK " + begin + "\n" + end.substr(0, 5) + "\n" + end.substr(5)}) {
    const std::vector<Request> requests = read_text(text + "\nreview cooks\n");
    ASSERT_EQ(requests.size(), 2U) << text;
    EXPECT_EQ(requests[0].verb, Verb::auth) << text;
    EXPECT_THAT(requests[0].arguments, ElementsAre(token)) << text;
    EXPECT_EQ(requests[1].verb, Verb::who) << text;
  }
  const Request reject = read_line("OK REJECT 7." + begin + "\n" + end + " too long");
  EXPECT_EQ(reject.verb, Verb::reject);
  EXPECT_THAT(reject.arguments, ElementsAre("7." + token, "too", "long"));
  EXPECT_EQ(read_text("OK " + token + "\nreview cooks\n").size(), 2U);
  EXPECT_THAT(verbs_of(read_text("OK tomorrow\nreview cooks\n")), ElementsAre(Verb::auth, Verb::who));
}

TEST(Listserv, ReadsTheReasonBelowAReject) {
  const std::string reject = "OK REJECT 7." + a_token() + "\n";
  const auto reason_of = [&](const std::string& below) { return read_line(reject + below).text; };
  EXPECT_EQ(reason_of("Too long.\n"), "Too long.\n");
  EXPECT_EQ(reason_of("\nI think it is too long.\n\nThank you, Mona\n"),
            "\nI think it is too long.\n\nThank you, Mona\n");
  EXPECT_EQ(reason_of("Help yourself.\nreview cooks\n"), "Help yourself.\n");
  EXPECT_EQ(reason_of("Too long.\n-- \nMona\n"), "Too long.\n");
  for (const char* below :
       {"", "\nMona\n", "\nMona Moss\n", "review cooks\n", "help\n", "END\n", "-- \nMona of the cooks\n",
        "add cooks ann@example.org Ann Lee\n", "pw reset\n", "set nomail\n", "subscribe cooks\n"}) {
    const Request request = read_line(reject + below);
    EXPECT_EQ(request.verb, Verb::discard) << below;
    EXPECT_FALSE(request.text.has_value()) << below;
  }
  EXPECT_THAT(verbs_of(read_text(reject + "Too long.\n" + reject + "help\n")),
              ElementsAre(Verb::reject, Verb::discard, Verb::help));
}

TEST(Listserv, ReadsANameWithoutAListAtTheListsAddress) {
  const std::vector<Request> requests = kListserv.read("sub Ben Brook\nsub cooks Ben Brook\n", 25, at_request);
  for (const Request& request : requests) EXPECT_EQ(request.join->name, "Ben Brook");
  EXPECT_THAT(requests.front().arguments, IsEmpty());
}

TEST(Listserv, ReadsOptionsAsTheProgramCallsThem) {
  EXPECT_THAT(read_line("set cooks dig nohtml mime").arguments, ElementsAre("cooks", "digest", "mime", "mail"));
  EXPECT_THAT(read_line("set cooks NOREP conceal").arguments, ElementsAre("cooks", "norepro", "conceal"));
  EXPECT_THAT(read_line("set cooks CONCEALED").arguments, ElementsAre("cooks", "conceal"));
  EXPECT_TRUE(read_line("set cooks nofiles nohtml").takes_nothing);
  for (const char* line : {"set cooks mime", "get cooks (older", "get cooks (nolock", "put cooks fn ft"}) {
    EXPECT_EQ(read_line(line).trouble, Trouble::option_not_yet) << line;
  }
  const Request never = read_line("set cooks HTML nomsg msg f conceal");
  EXPECT_THAT(never.never, ElementsAre("html", "msgack", "files"));
  EXPECT_THAT(never.arguments, ElementsAre("cooks", "conceal"));
  EXPECT_FALSE(never.takes_nothing);
  EXPECT_TRUE(read_line("set cooks html").takes_nothing);
  EXPECT_THAT(read_line("sub cooks A B with html").never, ElementsAre("html"));
  EXPECT_THAT(read_line("set cooks subj topics: +A -B").arguments, ElementsAre("cooks", "subjecthdr", "topics:+A,-B"));
  EXPECT_THAT(read_line("set cooks TOPICS:A ben@example.net").arguments,
              ElementsAre("cooks", "topics:A", "ben@example.net"));
  EXPECT_EQ(read_line("set cooks fish").trouble, Trouble::option_unknown);
}

TEST(Listserv, ReadsWhatOptionsAreAskedFor) {
  const Request request = read_line("query cooks with nohtml topics: A -B for *@example.com");
  EXPECT_THAT(request.options, ElementsAre("topics:A,-B"));
  EXPECT_EQ(request.about, "*@example.com");
  EXPECT_THAT(read_line("q cooks for ben@example.net with conceal html").options, ElementsAre("conceal", "html"));
}

TEST(Listserv, ShowsWhatIsSearchedFor) {
  EXPECT_EQ(read_line("search ipv6 2.4.1 \"covid-19 in Zo\u00eb\" in cooks").echo,
            "search ipv6 2.4.1 \"covid-19 in Zo\u00eb\" in cooks");
  EXPECT_EQ(read_line("search Tall_Oak!77 in cooks").echo, "search *** in cooks");
}

TEST(Listserv, StatsTakesAListAlone) {
  EXPECT_EQ(read_line("stats cooks").verb, Verb::stats);
  EXPECT_EQ(read_line("stats cooks fish").trouble, Trouble::surplus_word);
  EXPECT_EQ(read_line("stats cooks (reset").trouble, Trouble::option_unknown);
}

TEST(Listserv, WhatIsNoCommandEndsTheRest) {
  EXPECT_THAT(verbs_of(read_text("query cooks\nhello there\nsignoff cooks\n")),
              ElementsAre(Verb::show, Verb::not_understood));
  EXPECT_THAT(verbs_of(read_text("set cooks fish\nsignoff cooks\n")),
              ElementsAre(Verb::not_understood, Verb::unsubscribe));
  EXPECT_THAT(verbs_of(read_text("query cooks\n-- \nBen\n")), ElementsAre(Verb::show, Verb::end));
}

TEST(Listserv, ReadsTheCardsOfItsJobLanguage) {
  EXPECT_THAT(read_line("// subscribe cooks,\nBen,\nBrook\n").join->name, "Ben Brook");
  const auto jobs = read_text("Dear server\n//a JOB ECHO=NO\nquery cooks\n// EOJ\nsignoff cooks\n//b JOB\nlists\n");
  EXPECT_THAT(verbs_of(jobs), ElementsAre(Verb::show, Verb::lists));
  EXPECT_FALSE(jobs.front().is_echoed);
  EXPECT_TRUE(jobs.back().is_echoed);
  EXPECT_THAT(verbs_of(read_text("add cooks DD=x\n//x DD *\nsignoff cooks\n/*\nlists\n")),
              ElementsAre(Verb::add, Verb::lists));
  EXPECT_THAT(verbs_of(read_text("lists\n//\n// \n/*\nhelp\n")), ElementsAre(Verb::lists, Verb::help));
}

TEST(Listserv, ShowsNoPassword) {
  for (const char* line : {"signoff cooks PW=hunter2", "signoff cooks pw= hunter2", "quiet set cooks nomail PW=hunter2",
                           "pw add hunter2", "PW CHANGE hunter2 PW=hunter2", "frobnicate PW=hunter2",
                           "set cooks hunter2", "query hunter2 cooks", "put cooks list PW=hunter2"}) {
    for (const Request& request : read_text(line)) {
      EXPECT_EQ(request.echo.find("hunter2"), std::string::npos) << line;
      for (const std::string& argument : request.arguments) {
        if (std::string_view(line).find("PW=") == std::string_view::npos) continue;
        if (request.verb == Verb::personal_password) continue;  // the new one
        EXPECT_EQ(argument.find("hunter2"), std::string::npos) << line;
      }
    }
  }
  EXPECT_EQ(read_line("signoff cooks PW=hunter2").echo, "signoff cooks PW=***");
}

TEST(Listserv, ReadsWhatOwnersWrite) {
  const Request set = read_line("quiet set cooks nopost for *@x.org PW=hunter2");
  EXPECT_THAT(set.arguments, ElementsAre("cooks", "nopost"));
  EXPECT_EQ(set.about, "*@x.org");
  EXPECT_EQ(set.password, "hunter2");
  EXPECT_TRUE(set.is_quiet);
  const Request query = read_line("query cooks for Ben Brook <ben@example.net> with nomail");
  EXPECT_EQ(query.about, "ben@example.net");
  EXPECT_THAT(query.options, ElementsAre("nomail"));
  EXPECT_EQ(read_line("query cooks with nomail").about, "*");
  EXPECT_THAT(read_line("delete cooks *@x.org (TEST").options, ElementsAre("test"));
  EXPECT_THAT(read_line("change * new@example.net").arguments, ElementsAre("*", "new@example.net"));
  EXPECT_THAT(read_line("pw ch new PW=old").arguments, ElementsAre("add", "new"));
  EXPECT_THAT(read_line("pw reset").arguments, ElementsAre("reset"));
  EXPECT_THAT(read_line("pw add").arguments, IsEmpty());
}

TEST(Listserv, ObeysNoOwnersLineWithAWordTooMany) {
  for (const char* line :
       {"delete cooks ann@x.org bob@x.org", "delete cooks *@x.org TEST", "delete cooks ann@x.org quiet",
        "delete cooks ann@x.org DD=x", "add cooks DD=x IMPROT", "add cooks ann@x.org Ann (Ash)", "hold cooks now",
        "free cooks bakers", "set cooks nomail for ann@x.org conceal", "query cooks for ann@x.org bob@x.org"}) {
    EXPECT_EQ(read_line(line).trouble, Trouble::surplus_word) << line;
  }
  EXPECT_EQ(read_line("delete cooks *@x.org (TETS").trouble, Trouble::option_unknown);
  EXPECT_EQ(read_line("delete cooks *@x.org (TETS").echo, "delete cooks *@x.org (***");
  EXPECT_THAT(read_line("delete cooks Ann Ash <ann@x.org>").arguments, ElementsAre("cooks", "ann@x.org"));
  EXPECT_THAT(read_line("add cooks ann@x.org (Ann Ash)").arguments, ElementsAre("cooks", "ann@x.org", "(Ann Ash)"));
}

TEST(Listserv, LeavesPasswordsOutOfADataSet) {
  const auto requests = read_text("add cooks DD=x\n//x DD *\nann@x.org Ann Ash PW=hunter2\nbob@x.org  pw= hunter2\n");
  EXPECT_EQ(requests.front().text, "ann@x.org Ann Ash\nbob@x.org\n");
}

TEST(Listserv, FindsTheDataSetOfACommandBeforeOrBehindIt) {
  const auto behind = read_text("add cooks DD=x IMPORT\nlists\n//x DD *\nann@x.org\n//y DD *\nbob@x.org\n");
  EXPECT_EQ(behind.front().text, "ann@x.org\n");
  EXPECT_TRUE(behind.front().is_quiet);
  const auto before = read_text("//x DD *\nann@x.org\n/*\ndelete cooks dd=X\n");
  EXPECT_EQ(before.front().text, "ann@x.org\n");
  const auto other_job = read_text("//a JOB\nadd cooks DD=x\n//b JOB\n//x DD *\nann@x.org\n/*\n");
  EXPECT_FALSE(other_job.front().text.has_value());
}

TEST(Listserv, ReadsOkAndWhatStandsBehindIt) {
  const std::string token = a_token();
  const std::string held = "abc." + token;
  EXPECT_EQ(read_line("ok").verb, Verb::auth);
  EXPECT_THAT(read_line("ok").arguments, IsEmpty());
  EXPECT_THAT(read_line("OK " + token).arguments, ElementsAre(token));
  EXPECT_EQ(read_line("OK " + token).echo, "OK ***");
  EXPECT_EQ(read_line("ok " + held).verb, Verb::accept);
  EXPECT_EQ(read_line("ok reject " + held).verb, Verb::discard);
  const Request reject = read_line("OK REJECT " + held + " too long");
  EXPECT_EQ(reject.verb, Verb::reject);
  EXPECT_THAT(reject.arguments, ElementsAre(held, "too", "long"));
  EXPECT_EQ(reject.echo.find(token), std::string::npos);
  EXPECT_EQ(read_line("ok * " + held).verb, Verb::accept);
  EXPECT_EQ(read_line("ok discard * ").verb, Verb::discard);
}

TEST(Listserv, ReadsFilesByNotebookAndByTwoWords) {
  EXPECT_THAT(read_line("get cooks log2611").arguments, ElementsAre("cooks", "2026-11"));
  EXPECT_THAT(read_line("get menu txt cooks").arguments, ElementsAre("cooks", "menu.txt"));
  EXPECT_THAT(read_line("sendme cooks menu.txt").arguments, ElementsAre("cooks", "menu.txt"));
  EXPECT_EQ(kListserv.file_word("2026-11"), "LOG2611");
  EXPECT_EQ(kListserv.file_word("2026-11.idx"), "2026-11.idx");
}

TEST(Listserv, ReadsAHeaderBehindPut) {
  const std::vector<Request> requests =
      read_text("put cooks list PW=Tall-Oak-77\n* Cooks\nOwner= a@b.org\n> x\n\n-- \nAnna\n");
  EXPECT_THAT(verbs_of(requests), ElementsAre(Verb::put_header, Verb::end));
  EXPECT_THAT(requests.front().arguments, ElementsAre("cooks"));
  EXPECT_EQ(requests.front().password, "Tall-Oak-77");
  EXPECT_EQ(requests.front().text, "* Cooks\nOwner= a@b.org\n> x\n\n");
  EXPECT_EQ(requests.front().echo, "put cooks LIST PW=***");
  const std::vector<Request> job = read_text("// JOB\nPUT cooks.LIST PW=XXXXXXXX\n* Cooks\n// QUERY cooks\n// EOJ\n");
  EXPECT_THAT(verbs_of(job), ElementsAre(Verb::put_header, Verb::show));
  EXPECT_THAT(job.front().arguments, ElementsAre("cooks"));
  EXPECT_EQ(job.front().password, "") << "the place where GET (HEADER leaves one out";
  EXPECT_EQ(job.front().text, "* Cooks\n");
}

TEST(Listserv, ReadsGetOfAHeader) {
  EXPECT_EQ(read_line("get cooks (header").verb, Verb::get_header);
  EXPECT_THAT(read_line("get cooks (HEAD").arguments, ElementsAre("cooks"));
  EXPECT_THAT(read_line("get cooks (HEADER NOLOCK)").arguments, ElementsAre("cooks", "nolock"));
  EXPECT_EQ(read_line("unlock cooks").verb, Verb::unlock_header);
}

TEST(Listserv, ReadsGetAndPutOfTemplates) {
  EXPECT_EQ(read_line("get cooks mailtpl").verb, Verb::get_header);
  EXPECT_THAT(read_line("get cooks MAILTPL").arguments, ElementsAre("cooks", "MAILTPL"));
  EXPECT_THAT(kListserv.read("get MailTpl\n", 25, at_request).front().arguments, ElementsAre("MAILTPL"));
  EXPECT_THAT(read_line("get mailtpl cooks").arguments, ElementsAre("cooks", "MAILTPL"));
  for (const std::string command : {"put cooks mailtpl", "PUT cooks.mailtpl"}) {
    const std::vector<Request> requests =
        read_text(command + " PW=Tall-Oak-77\n>>> CONTENT_FILTER\nx\nAction: ALLOW\n");
    EXPECT_THAT(verbs_of(requests), ElementsAre(Verb::put_header));
    EXPECT_THAT(requests.front().arguments, ElementsAre("cooks", "MAILTPL"));
    EXPECT_EQ(requests.front().text, ">>> CONTENT_FILTER\nx\nAction: ALLOW\n");
    EXPECT_EQ(requests.front().password, "Tall-Oak-77");
  }
}

TEST(Listserv, ReadsGetOfTheChangelog) {
  EXPECT_EQ(read_line("get cooks changelog").verb, Verb::changelog);
  EXPECT_THAT(read_line("get cooks changelog").arguments, ElementsAre("cooks"));
  EXPECT_THAT(kListserv.read("get changelog\n", 25, at_request).front().arguments, IsEmpty());
  EXPECT_EQ(read_line("get cooks changelog.txt").verb, Verb::get);
}

TEST(Listserv, ConfirmsEachListOfALine) {
  const auto requests = read_text("confirm cooks bakers\n");
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_THAT(requests[1].arguments, ElementsAre("bakers"));
  EXPECT_FALSE(requests[1].is_echoed);
}

TEST(Listserv, AnotherTonguesWordsAreUnderstoodBesides) {
  const Tongue* majordomo = tongue_besides(kListserv);
  const auto requests =
      kListserv.read("who\nnewinfo cooks secret\nsignoff all\nEOF\nquery\nadd x\n", 25, at_request, majordomo);
  EXPECT_THAT(verbs_of(requests), ElementsAre(Verb::who, Verb::newinfo, Verb::show, Verb::add));
  EXPECT_THAT(verbs_of(majordomo->read("review\nadd x\n", 25, at_request, &kListserv)),
              ElementsAre(Verb::who, Verb::add));
  // Its cards are read at its own address only.
  EXPECT_THAT(verbs_of(majordomo->read("review\n//x JOB\n", 25, at_request, &kListserv)),
              ElementsAre(Verb::who, Verb::not_understood));
  EXPECT_THAT(verbs_of(read_text("who\n")), ElementsAre(Verb::not_understood));
}

TEST(Listserv, AnswersInItsOwnLooks) {
  EXPECT_EQ(kListserv.phrase(Said::echo, "review cooks"), "\n> review cooks\n");
  EXPECT_EQ(kListserv.phrase(Said::complaint, "one\ntwo"), "one\ntwo\n");
  EXPECT_EQ(kListserv.phrase(Said::success, ""), "OK.\n");
  EXPECT_EQ(kListserv.phrase(Said::end, ""), "");
  EXPECT_EQ(kListserv.person_words("ben@example.net", "Ben Brook"), "ben@example.net Ben Brook");
}

}  // namespace
}  // namespace majlis::commands
