#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Session : public MailDesk {};

TEST_F(Session, EchoesEachCommandAboveItsAnswerAndEndsAtTheSignature) {
  make_list("cooks", "who_access = closed\n");
  const std::string answer = ask("who cooks\nlists\nend\nsubscribe cooks");
  EXPECT_THAT(answer, HasSubstr(">>>> who cooks\n**** Command disabled.\n>>>> lists\n"));
  EXPECT_THAT(answer, HasSubstr(">>>> end\nEND OF COMMANDS\n"));
  EXPECT_THAT(answer, Not(HasSubstr("subscribe cooks")));
}

TEST_F(Session, WithoutACommandSaysHowOneIsWritten) {
  EXPECT_THAT(ask("-- \nAnn"), HasSubstr("**** No valid commands found.\n"));
}

TEST_F(Session, WhatIsNotUnderstoodIsAnErrorAndSoIsAShortWordForSeveral) {
  EXPECT_THAT(ask("frobnicate"), HasSubstr("**** Command 'frobnicate' not recognized.\n"));
  EXPECT_THAT(ask("newin cooks"), HasSubstr("is short for several: "));
}

TEST_F(Session, AfterTooManyErrorsTheRestIsNotRead) {
  std::string commands;
  for (int i = 0; i < 200; ++i) commands += "frobnicate\n";
  const std::string answer = ask(commands + "help");
  EXPECT_THAT(answer, HasSubstr("**** Too many errors: the rest of the message was not read,\n"));
  EXPECT_THAT(answer, Not(HasSubstr(">>>> help")));
}

TEST_F(Session, ARobotIsNotAnswered) {
  const auto to = mail::Address::parse("majordomo@lists.example.org").value();
  for (const char* mark : {"Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "List-Id: <x.example.org>\n"}) {
    const lists::Arrival arrival{
        mail::Message::open(std::string("From: ann@example.org\nSubject: x\n") + mark + "\nhelp\n"), to,
        mail::Address::parse(kAnn), kNow};
    const Result<lists::Outcome> outcome = run_commands(*site_, *lists::find_destination(*site_, to), arrival);
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->rule, "robot") << mark;
  }
  EXPECT_TRUE(jobs().empty());
}

TEST_F(Session, WhoClaimsToWriteFromThisServerIsNotAnswered) {
  make_list("cooks", "");
  EXPECT_EQ(ask("help", "cooks@lists.example.org"), "");
  EXPECT_EQ(ask("help", "majordomo@lists.example.org"), "");
}

TEST_F(Session, AnAddressGetsItsAnswersForADayAndIsToldOfTheLast) {
  const auto limit = site_->config().replies_per_day;
  std::string last;
  for (std::int64_t i = 0; i < limit; ++i) last = ask("help");
  EXPECT_THAT(last, HasSubstr("**** This is the last answer to your address for a day."));
  EXPECT_EQ(ask("help"), "");
  EXPECT_NE(ask("help", "bob@example.org"), "");
}

}  // namespace
}  // namespace majlis::commands
