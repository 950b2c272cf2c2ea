#include "commands/tongues/majordomo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tongues/majordomo.h"

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using tongues::Request;
using tongues::Verb;

ListWord at_majordomo(std::string_view word) {
  return word == "cooks" || word == "bakers" ? ListWord::known : ListWord::unknown;
}

ListWord at_request(std::string_view word) {
  return at_majordomo(word) == ListWord::known ? ListWord::known : ListWord::none;
}

Request read_at(std::string_view line, const ListWordOf& list_word_of) {
  const std::vector<Request> requests = kMajordomo.read(line, 1, list_word_of);
  return requests.empty() ? Request() : requests.front();
}

Request read(std::string_view line) { return read_at(line, at_majordomo); }

std::vector<Request> read_text(std::string_view text) { return kMajordomo.read(text, 25, at_majordomo); }

TEST(Majordomo, ReadsTheVerbInAnyCase) {
  const Request request = read("SubScribe cooks  ann@example.org");
  EXPECT_EQ(request.verb, Verb::subscribe);
  EXPECT_THAT(request.arguments, ElementsAre("cooks", "ann@example.org"));
}

TEST(Majordomo, SynonymsAreOneVerb) {
  for (const char* word : {"unsubscribe", "signoff", "cancel"}) {
    EXPECT_EQ(read(std::string(word) + " cooks").verb, Verb::unsubscribe) << word;
  }
}

TEST(Majordomo, ABackslashProtectsABlank) {
  EXPECT_THAT(read("subscribe cooks Ann\\ B <a@b.c>").arguments, ElementsAre("cooks", "Ann B", "<a@b.c>"));
}

TEST(Majordomo, ADashEnds) {
  EXPECT_EQ(read("-- ").verb, Verb::end);
  EXPECT_EQ(read("END").verb, Verb::end);
}

TEST(Majordomo, AnEchoNeverShowsASecret) {
  const std::string token = "0123456789abcdefghjkmnpqrstvwxyz0123";
  for (const char* line :
       {"approve hunter2hunter2 subscribe cooks ann@example.org", "APPROVE hunter2hunter2",
        "aprove hunter2hunter2 subscribe cooks", "passwd cooks hunter2hunter2 other", "hunter2 hunter2hunter2"}) {
    EXPECT_THAT(read(line).echo, Not(HasSubstr("hunter2hunter2"))) << line;
  }
  EXPECT_THAT(read("auth " + token + " subscribe cooks a@b.c").echo, Not(HasSubstr(token)));
  EXPECT_THAT(read("accept 0123456789." + token).echo, Not(HasSubstr(token)));
}

TEST(Majordomo, AnEchoNeverShowsAPasswordOfAnOwnersCommand) {
  for (const char* line :
       {"passwd cooks hunter2hunter2 hunter2hunter2", "passwd hunter2hunter2 hunter2hunter2",
        "passwd cooks hunter2hunter2 hunter2hunter2 hunter2hunter2", "newinfo cooks hunter2hunter2",
        "newinfo hunter2hunter2", "newintro cooks hunter2hunter2 <<END", "newconfig cooks my hunter2hunter2",
        "writeconfig nolist hunter2hunter2", "config hunter2hunter2 cooks", "mkdigest cooks outgoing hunter2hunter2",
        "passw cooks hunter2hunter2", "newi cooks hunter2hunter2", "conf cooks hunter2hunter2",
        "approve x passwd cooks hunter2hunter2 b", "approve hunter2hunter2 newinfo cooks",
        "approve x passwdd cooks hunter2hunter2", "newinfo cooks x hunter2hunter2\\"}) {
    EXPECT_THAT(read(line).echo, Not(HasSubstr("hunter2"))) << line;
  }
}

// Old habits: LIST PASSWORD behind every command.
TEST(Majordomo, AnEchoNeverShowsAPasswordWhereNoneBelongs) {
  for (const char* verb : {"info", "intro", "who", "index", "get", "set", "which", "subscribe", "unsubscribe", "lists",
                           "help", "accept", "discard", "end", "approve x who", "approve x subscribe", "auth x set"}) {
    const std::string line = std::string(verb) + " cooks hunter2-hunter2";
    EXPECT_THAT(read(line).echo, Not(HasSubstr("hunter2"))) << line;
    const std::string own = std::string(verb) + " hunter2-hunter2";
    EXPECT_THAT(read_at(own, at_request).echo, Not(HasSubstr("hunter2"))) << own;
  }
  EXPECT_EQ(read("subscribe cooks hunter2 ann@example.org").echo, "subscribe cooks *** ann@example.org");
  EXPECT_EQ(read("which hunter2").echo, "which ***");
}

// The list forgotten, or behind the password.
TEST(Majordomo, AnEchoNeverShowsAPasswordInThePlaceOfTheList) {
  for (const char* line :
       {"set hunter2 digest", "set hunter2", "approve x set hunter2 digest", "set hunter2 cooks digest",
        "who hunter2 cooks", "subscribe hunter2 cooks ann@example.org", "get hunter2 cooks rice.txt",
        "info hunter2 cooks", "index hunter2 cooks", "unsubscribe hunter2 cooks"}) {
    EXPECT_THAT(read(line).echo, Not(HasSubstr("hunter2"))) << line;
  }
  EXPECT_EQ(read("set coooks@lists.example.org nomail").echo, "set coooks@lists.example.org nomail");
}

TEST(Majordomo, AnEchoNeverShowsWhatIsCalledAPassword) {
  for (const char* line : {"subscribe PW=hunter2", "signoff cooks pw=hunter2", "get cooks PW=hunter2.txt",
                           "reject x pw=hunter2", "PW=hunter2", "Approved:hunter2", "get password:hunter2.txt"}) {
    EXPECT_THAT(read(line).echo, Not(HasSubstr("hunter2"))) << line;
  }
}

TEST(Majordomo, AnEchoShowsWhatBelongsThere) {
  for (const char* line :
       {"info coooks", "which ann@example.org", "subscribe coooks ann@example.org", "set cooks nomail ann@example.org",
        "unsubscribe *", "unsubscribe * ann@example.org", "get cooks rice.txt", "get cooks 2026-11",
        "subscribe cooks Ann Lee <ann@example.org>", "subscribe cooks ann@@example.org"}) {
    EXPECT_EQ(read(line).echo, line);
  }
  EXPECT_EQ(read("reject x far too long").echo, "reject *** far too long");
}

TEST(Majordomo, PasswordsOnContinuationLinesAreNotShownEither) {
  for (const char* text :
       {"approve \\\nhunter2hunter2 \\\nwho cooks\n", "passwd cooks \\\n hunter2hunter2 \\\n hunter2hunter2\n",
        "newinfo \\\ncooks\\\nhunter2hunter2\ntext\nEOF\n"}) {
    for (const Request& request : read_text(text)) EXPECT_THAT(request.echo, Not(HasSubstr("hunter2"))) << text;
  }
}

TEST(Majordomo, ATextIsNotEchoed) {
  const auto requests = read_text("newconfig cooks pw\nadmin_passwd = hunter2hunter2\nEOF\nhelp\n");
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].echo, "newconfig cooks ***");
  EXPECT_EQ(requests[0].text, "admin_passwd = hunter2hunter2\n");
  EXPECT_EQ(requests[1].verb, Verb::help);
}

TEST(Majordomo, ATextEndsAtEofOrAtItsOwnTag) {
  const auto requests =
      read_text("newinfo cooks pw <<XYZ1\nEOF\nwho cooks\nXYZ1\nnewintro cooks pw\nwho\nEOF\nwho cooks\n");
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[0].text, "EOF\nwho cooks\n");
  EXPECT_THAT(requests[0].arguments, ElementsAre("cooks", "pw"));
  EXPECT_EQ(requests[1].text, "who\n");
  EXPECT_EQ(requests[2].verb, Verb::who);
}

TEST(Majordomo, ATextWithoutItsEndIsNoTextAndNoCommands) {
  const auto requests = read_text("who cooks\nnewinfo cooks pw\nunsubscribe cooks\n");
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[1].text, std::nullopt);
  EXPECT_EQ(requests[1].text_tag, "EOF");
}

// Lines of a text must not run as commands because the command above them was not understood.
TEST(Majordomo, ATextBehindAMistypedCommandIsSwallowedToo) {
  for (const char* text : {"newi cooks pw\nwho cooks\nEOF\n", "nweinfo cooks pw <<END\nwho cooks\nEND\n",
                           "approve pw newinfo cooks\nwho cooks\nEOF\n", "who cooks <<END\nwho cooks\nEND\n"}) {
    EXPECT_EQ(read_text(text).size(), 1U) << text;
  }
}

TEST(Majordomo, OnlyThreeCapitalsAndMoreMakeATag) {
  for (const char* line :
       {"get cooks <<EN", "get cooks <<end", "get cooks <<1END", "get cooks <<EN1", "get cooks <<"}) {
    EXPECT_EQ(read(line).text_tag, "") << line;
  }
  EXPECT_EQ(read("get cooks <<END1").text_tag, "END1");
}

TEST(Majordomo, AnAbbreviationStandsForOneVerb) {
  EXPECT_EQ(read("sub cooks").verb, Verb::subscribe);
  EXPECT_EQ(read("UNSUB cooks").word, "unsubscribe");
  EXPECT_EQ(read("whic").verb, Verb::which);
  EXPECT_EQ(read("who").verb, Verb::who);
  EXPECT_EQ(read("approve pw unsub cooks a@b.c").echo, "approve *** unsub cooks a@b.c");
}

TEST(Majordomo, AnAmbiguousOrTooShortAbbreviationStandsForNone) {
  EXPECT_EQ(read("newin cooks").verb, Verb::not_understood);
  EXPECT_THAT(read("newin cooks").candidates, ElementsAre("newinfo", "newintro"));
  EXPECT_EQ(read("su cooks").verb, Verb::not_understood);
  EXPECT_THAT(read("su cooks").candidates, ElementsAre());
}

TEST(Majordomo, AMarkBehindASettlingWordIsNoPartOfIt) {
  EXPECT_EQ(read("Accept.").verb, Verb::accept);
  EXPECT_EQ(read("reject: too long").verb, Verb::reject);
  EXPECT_EQ(read("info: http://example.org").verb, Verb::not_understood);
}

TEST(Majordomo, TheReasonMayStandBelowReject) {
  const auto requests = read_text("reject\n\nToo long.\nWhich is a pity.\n\n> accept\nwho cooks\n");
  ASSERT_GE(requests.size(), 1U);
  EXPECT_EQ(requests[0].text, "Too long.\nWhich is a pity.\n");
  EXPECT_EQ(read_text("reject too long\nwho cooks\n").size(), 2U);
  EXPECT_EQ(read_text("reject\n" + std::string(100'000, '\n')).front().text, "");
}

// Several posts may be settled in one message.
TEST(Majordomo, BelowRejectWithATokenACommandIsACommand) {
  const std::string token = "0123456789.20bss3tqk431jy7qw83y20zyb3y7pm1e";
  const auto requests = read_text("reject " + token + "\nToo long.\naccept " + token + "\n");
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].text, "Too long.\n");
  EXPECT_EQ(requests[1].verb, Verb::accept);
}

TEST(Majordomo, ABrokenAuthLineIsPutTogether) {
  const std::string token = "20bss3tqk431jy7qw83y20zyb3y7pm1e";
  for (const std::string& text : {"auth " + token + " subscribe\ncooks ann@example.org\nwho cooks\n",
                                  "auth\n" + token + " subscribe cooks\nann@example.org\nwho cooks\n",
                                  "auth " + token + "\nsubscribe cooks ann@example.org\nwho cooks\n"}) {
    const auto requests = read_text(text);
    ASSERT_EQ(requests.size(), 2U) << text;
    EXPECT_THAT(requests[0].arguments, ElementsAre(token)) << text;
    ASSERT_EQ(requests[0].inner.size(), 1U) << text;
    EXPECT_EQ(requests[0].inner[0].verb, Verb::subscribe) << text;
    EXPECT_THAT(requests[0].inner[0].arguments, ElementsAre("cooks", "ann@example.org")) << text;
  }
  EXPECT_EQ(read_text("auth " + token + " subscribe\nwho cooks\n").size(), 2U);
  EXPECT_EQ(read_text("auth " + token + " subscribe cooks\nThanks.\nAnn\n").size(), 3U);
  EXPECT_EQ(read_text("auth x\\").size(), 1U);
}

TEST(Majordomo, ALinkToAnAddressIsTheAddress) {
  for (const char* line : {"which ann@example.org<mailto:ann@example.org>", "which <mailto:ann@example.org>",
                           "which ann@example.org <mailto:Ann@example.org>"}) {
    EXPECT_THAT(read(line).arguments, ElementsAre("ann@example.org")) << line;
  }
}

TEST(Majordomo, AUuencodedFileEnds) {
  EXPECT_EQ(read("begin 644 rice.gif").verb, Verb::end);
  EXPECT_EQ(read("begin the day").verb, Verb::not_understood);
}

TEST(Majordomo, AnEchoShowsUtf8AsItIsAndEscapesControls) {
  EXPECT_EQ(read("subscribe cooks Zo\xC3\xAB <z@b.c>").echo, "subscribe cooks Zo\xC3\xAB <z@b.c>");
  EXPECT_EQ(read("subscribe a\x1B[1m\xE2\x80\xAE\xFF").echo, R"(subscribe a\x1b[1m\xff)");
}

TEST(Majordomo, AnEchoShowsWhatIsNoSecret) {
  EXPECT_EQ(read("approve pass-word subscribe cooks ann@example.org").echo,
            "approve *** subscribe cooks ann@example.org");
}

TEST(Majordomo, EveryByteStringReads) {
  EXPECT_EQ(read("").verb, Verb::not_understood);
  EXPECT_EQ(read(std::string("\0\x01\xff", 3)).verb, Verb::not_understood);
  EXPECT_LE(read(std::string(100'000, 'x')).echo.size(), 300U);
  EXPECT_EQ(read("subscribe cooks " + std::string(100'000, 'x')).verb, Verb::not_understood);
}

TEST(Majordomo, BehindASecretStandsAnotherRequest) {
  const Request approve = read("approve hunter2hunter2 unsub cooks ann@example.org");
  EXPECT_THAT(approve.arguments, ElementsAre("hunter2hunter2"));
  ASSERT_EQ(approve.inner.size(), 1U);
  EXPECT_EQ(approve.inner[0].verb, Verb::unsubscribe);
  EXPECT_EQ(approve.inner[0].own_arguments, 1U);
  EXPECT_THAT(approve.inner[0].arguments, ElementsAre("cooks", "ann@example.org"));
  EXPECT_TRUE(read("approve hunter2hunter2").inner.empty());
  EXPECT_EQ(read("approve hunter2hunter2 dance cooks").inner.at(0).verb, Verb::not_understood);
  EXPECT_EQ(read("approve hunter2hunter2 approve other who cooks").inner.at(0).verb, Verb::not_understood);
}

TEST(Majordomo, AWordThatNamesNoListIsToldUnlessItMayBeAPassword) {
  EXPECT_EQ(read("who bakkers").shown_list, "bakkers");
  EXPECT_EQ(read("who hunter2hunter2 cooks").shown_list, "***");
  EXPECT_EQ(read("newinfo hunter2hunter2").shown_list, "***");
  EXPECT_EQ(read("set hunter2hunter2 nomail").shown_list, "***");
}

TEST(Majordomo, SpeaksInMajordomosMarks) {
  EXPECT_EQ(kMajordomo.phrase(Said::echo, "who cooks"), ">>>> who cooks\n");
  EXPECT_EQ(kMajordomo.phrase(Said::line, ""), "\n");
  EXPECT_EQ(kMajordomo.phrase(Said::complaint, "one\ntwo"), "**** one\n**** two\n");
  EXPECT_EQ(kMajordomo.phrase(Said::remark, "one"), "**** one\n");
  EXPECT_EQ(kMajordomo.phrase(Said::nothing, "none"), "#### none\n");
  EXPECT_EQ(kMajordomo.phrase(Said::success, ""), "Succeeded.\n");
  EXPECT_EQ(kMajordomo.phrase(Said::success, "to list cooks"), "Succeeded (to list cooks).\n");
  EXPECT_EQ(kMajordomo.phrase(Said::end, ""), "END OF COMMANDS\n");
  EXPECT_EQ(kMajordomo.subject, "Majordomo results");
}

TEST(Majordomo, ATokenAloneConfirms) {
  const Request request = confirmation_by(kMajordomo, "0123456789abcdef", std::nullopt);
  EXPECT_EQ(request.verb, Verb::auth);
  EXPECT_THAT(request.arguments, ElementsAre("0123456789abcdef"));
  EXPECT_EQ(request.echo, "auth ***");
}

}  // namespace
}  // namespace majlis::commands
