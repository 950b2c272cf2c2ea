#include "commands/reading/reply_subject.h"

#include <gtest/gtest.h>

namespace majlis::commands {
namespace {

constexpr std::string_view kOurs = "Confirmation for subscribe cooks";

bool is_answer(const std::string& subject) { return answers(read_reply_subject(subject), kOurs); }

TEST(ReplySubject, IsOursBehindAnyReplyPrefix) {
  for (const std::string prefix : {"Re: ",
                                   "RE:",
                                   "re : ",
                                   "Re[2]: ",
                                   "Re(3): ",
                                   "Re^2: ",
                                   "Re-2: ",
                                   "RE 2: ",
                                   "AW: ",
                                   "Antw: ",
                                   "Antwort: ",
                                   "SV: ",
                                   "VS: ",
                                   "Odp: ",
                                   "R\u00e9f. : ",
                                   "R\u00c9F\u00a0: ",
                                   "R\u00e9p : ",
                                   "TR: ",
                                   "Rif: ",
                                   "R: ",
                                   "YNT: ",
                                   "Vá: ",
                                   "\u0391\u03a0: ",
                                   "\u041d\u0430: ",
                                   "\u56de\u590d\uff1a",
                                   "\u56de\u590d: ",
                                   "\u7b54\u590d: ",
                                   "Fwd: ",
                                   "\u200fRe: ",
                                   "Re: Re: AW: ",
                                   "Re: [EXTERNAL] ",
                                   "[EXTERNAL] Re: ",
                                   "[EXT] AW: ",
                                   "Re: [Firm] ",
                                   "EXTERN: Re: ",
                                   "***SPAM*** Re: ",
                                   "Re: ***SPAM*** ",
                                   "(ext) re: ",
                                   "Re: Caution: "}) {
    EXPECT_TRUE(is_answer(prefix + std::string(kOurs))) << prefix;
  }
}

TEST(ReplySubject, IsNotOursBehindAnythingElse) {
  for (const std::string prefix :
       {"", "[EXTERNAL] ", "Out-of-Office: ", "Read: ", "Re: Out of office: ", "Automatic reply: ", "Tack: ",
        "[Ticket#12] Re: ", "[Ticket#12] ", "Re: [#12] ", "[Firm] Re: ", "Re ", "Re; ", "Thanks - Re: "}) {
    EXPECT_FALSE(is_answer(prefix + std::string(kOurs))) << prefix;
  }
  EXPECT_FALSE(is_answer("Re: Confirmation for subscribe cooks - NO!"));
  EXPECT_FALSE(is_answer("Re: "));
  EXPECT_FALSE(is_answer(""));
}

TEST(ReplySubject, BlanksAndCaseDoNotMatter) {
  EXPECT_TRUE(is_answer("Re: confirmation  for\u00a0subscribe cooks "));
  EXPECT_TRUE(is_answer("Re: Confirmation for subscribecooks"));
}

TEST(ReplySubject, OursMayBeginLikeAPrefix) {
  EXPECT_TRUE(answers(read_reply_subject("Re: r: do you want to stay?"), "r: do you want to stay?"));
  EXPECT_TRUE(answers(read_reply_subject("Re: [cooks] Confirm"), "[cooks] Confirm"));
  EXPECT_TRUE(answers(read_reply_subject("Re: ext: do you want to stay?"), "ext: do you want to stay?"));
}

TEST(ReplySubject, NumbersAreOfPrograms) {
  for (const std::string subject : {"[Ticket#2026112310000012] RE: x", "Re: [#12] x", "(ABC-12345) Re: x"}) {
    EXPECT_TRUE(read_reply_subject(subject).has_number) << subject;
  }
  for (const std::string subject : {"Re[2]: x", "Re: x [#12]", "[list2] Re: x", "Re: x", ""}) {
    EXPECT_FALSE(read_reply_subject(subject).has_number) << subject;
  }
}

TEST(ReplySubject, ManyPiecesEnd) {
  std::string subject;
  for (int i = 0; i < 1000; ++i) subject += "Re: ";
  EXPECT_FALSE(is_answer(subject + std::string(kOurs)));
}

}  // namespace
}  // namespace majlis::commands
