#include "mail/flowed.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace majlis::mail {
namespace {

TEST(Flowed, LinesThatEndInABlankGoOn) {
  EXPECT_EQ(unflow("auth abc subscribe \ncooks ann@example.com\nhelp\n", FinalBlank::keep),
            "auth abc subscribe cooks ann@example.com\nhelp\n");
  EXPECT_EQ(unflow("auth abc sub \nscribe", FinalBlank::drop), "auth abc subscribe\n");
}

TEST(Flowed, QuotesOfOneDepthGoOnTogether) {
  EXPECT_EQ(unflow("> one \n> two\n>> deep \n> flat\nown \n> quote\n", FinalBlank::keep),
            "> one two\n>> deep \n> flat\nown \n> quote\n");
}

TEST(Flowed, StuffedBlanksGoAndASignatureStandsAlone) {
  EXPECT_EQ(unflow(" From here\n > no quote\nlast \n-- \nAnn\n", FinalBlank::keep),
            "From here\n> no quote\nlast \n-- \nAnn\n");
}

TEST(Flowed, ABreakThatTheReaderKeepsStays) {
  const auto keeps = [](const SoftBreak& at) {
    return at.paragraph == "one two " && at.last_line == "two " && at.line == "three ";
  };
  EXPECT_EQ(unflow("one \ntwo \nthree \nfour\n", FinalBlank::keep, keeps), "one two \nthree four\n");
}

TEST(Flowed, EveryTextHasItsEnd) {
  EXPECT_EQ(unflow("", FinalBlank::keep), "");
  EXPECT_EQ(unflow("open ", FinalBlank::drop), "open\n");
  EXPECT_EQ(unflow(">>>", FinalBlank::drop), ">>> \n");
}

TEST(Flowed, ParagraphsFlowAndComeBack) {
  const std::string words =
      "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut";
  const std::string text =
      words + " " + words + "\n\n>> " + words + "\n  in front\nFrom here\n--\n> \n" + std::string(200, 'x') + " y\n";
  const std::string flowed = as_flowed_lines(text + "blanks  \n");
  EXPECT_EQ(unflow(flowed, FinalBlank::keep), text + "blanks\n");
  std::string_view rest = flowed;
  while (const auto line = next_line(rest)) EXPECT_TRUE(line->size() <= 78 || line->front() == 'x') << *line;
  EXPECT_NE(flowed.find("\n>> Lorem"), std::string::npos);
  EXPECT_NE(flowed.find("\n>> tempor"), std::string::npos) << flowed;
  EXPECT_EQ(as_flowed_lines(""), "");
}

}  // namespace
}  // namespace majlis::mail
