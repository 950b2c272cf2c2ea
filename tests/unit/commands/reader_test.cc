#include "commands/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Reader, JoinsContinuedLines) {
  EXPECT_THAT(command_lines("auth abc \\\nsubscribe cooks \\  \r\n ann@example.org\nhelp\n", 10),
              ElementsAre("auth abc subscribe cooks ann@example.org", "help"));
}

TEST(Reader, LeavesOutCommentsEmptyAndQuotedLines) {
  EXPECT_THAT(command_lines("# a\n\n  \n> subscribe cooks\n  who cooks  \n", 10), ElementsAre("who cooks"));
}

TEST(Reader, StopsAtItsCeilings) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "help\n";
  EXPECT_THAT(command_lines(many, 25), SizeIs(25));
  EXPECT_THAT(command_lines(std::string(1'000'000, '\\'), 25), SizeIs(1));
  EXPECT_THAT(command_lines("", 25), IsEmpty());
}

TEST(Reader, AContinuationAtTheEndOfTheTextIsNoLoss) { EXPECT_THAT(command_lines("help \\", 25), ElementsAre("help")); }

}  // namespace
}  // namespace majlis::commands
