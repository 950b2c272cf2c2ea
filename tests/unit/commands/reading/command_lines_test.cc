#include "commands/reading/command_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  CommandLines reader(text);
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

TEST(Reader, JoinsContinuedLines) {
  EXPECT_THAT(lines_of("auth abc \\\nsubscribe cooks \\  \r\n ann@example.org\nhelp\n"),
              ElementsAre("auth abc subscribe cooks ann@example.org", "help"));
}

TEST(Reader, LeavesOutCommentsEmptyAndQuotedLines) {
  EXPECT_THAT(lines_of("# a\n\n  \n> subscribe cooks\n  who cooks  \n"), ElementsAre("who cooks"));
}

TEST(Reader, ABlankIsABlankOfAnyKind) {
  EXPECT_THAT(lines_of("\u00A0who\u00A0cooks\u3000\n\uFEFF\u00A0\n\u00A0> quoted\n"), ElementsAre("who cooks"));
  CommandLines lines("newinfo\u00A0cooks\nPrix\u00A0: 3\nEOF\n");
  EXPECT_EQ(lines.next(), "newinfo cooks");
  EXPECT_EQ(lines.text_up_to("EOF"), "Prix\u00A0: 3\n");
}

TEST(Reader, StopsAtItsCeilings) {
  EXPECT_THAT(lines_of(std::string(1'000'000, '\\')), SizeIs(1));
  EXPECT_THAT(lines_of(""), IsEmpty());
  std::string many;
  for (std::size_t i = 0; i < kMaxCommandOctets; ++i) many += "help\n";
  EXPECT_THAT(lines_of(many), SizeIs((kMaxCommandOctets + 4) / 5));
}

// The rest of an endless line may be a password: it must not come out as a command of its own.
TEST(Reader, ALineOfTooManyContinuationsIsConsumedWhole) {
  std::string text;
  for (std::size_t i = 0; i < 3 * kMaxContinuations; ++i) text += "approve \\\n";
  const std::vector<std::string> lines = lines_of(text + "hunter2hunter2\nhelp\n");
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_GT(lines[0].size(), kMaxLineOctets);
  EXPECT_EQ(lines[0].find("hunter2"), std::string::npos);
  EXPECT_EQ(lines[1], "help");
}

TEST(Reader, AContinuationAtTheEndOfTheTextIsNoLoss) { EXPECT_THAT(lines_of("help \\"), ElementsAre("help")); }

TEST(Reader, ATextEndsAtItsTagAndKeepsItsLines) {
  CommandLines reader("newinfo\n> one\n\n# two \\\n EOF\nEOF2\nEOF  \r\nhelp\n");
  reader.next();
  EXPECT_EQ(reader.text_up_to("EOF"), "> one\n\n# two \\\n EOF\nEOF2\n");
  EXPECT_EQ(reader.next(), "help");
}

TEST(Reader, OfASignedTextOnlyWhatIsSignedIsRead) {
  EXPECT_EQ(without_armour("\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\n\nwho cooks\n- -- \n- -----BEGIN\n"
                           "-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\nwho bakers\n"),
            "who cooks\n-- \n-----BEGIN\n");
  EXPECT_EQ(without_armour("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256"), "");
  EXPECT_EQ(without_armour("who cooks\n-----BEGIN PGP SIGNED MESSAGE-----\n"),
            "who cooks\n-----BEGIN PGP SIGNED MESSAGE-----\n");
  EXPECT_EQ(without_armour(""), "");
}

TEST(Reader, ATextWithoutItsTagIsConsumedAndNoText) {
  CommandLines reader("one\nwho cooks\n");
  EXPECT_EQ(reader.text_up_to("EOF"), std::nullopt);
  EXPECT_EQ(reader.next(), std::nullopt);
}

}  // namespace
}  // namespace majlis::commands
