#include "base/wrap.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

TEST(Wrap, BreaksAtTheLastBlankThatFits) {
  EXPECT_EQ(wrapped("one two three", 7), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", 8), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", 6), "one\ntwo\nthree");
  EXPECT_EQ(wrapped("one two three", 13), "one two three");
  EXPECT_EQ(wrapped("one two\nthree four\n", 7), "one two\nthree\nfour\n");
}

TEST(Wrap, LeavesALongWordWhole) {
  EXPECT_EQ(wrapped("ann@a-long-host.example wrote", 10), "ann@a-long-host.example\nwrote");
  EXPECT_EQ(wrapped("ann@a-long-host.example", 10), "ann@a-long-host.example");
  EXPECT_EQ(wrapped("", 10), "");
}

TEST(Wrap, KeepsTheMargin) { EXPECT_EQ(wrapped("    one two three", 11), "    one two\n    three"); }

TEST(Wrap, CountsCharactersAndNotOctets) {
  EXPECT_EQ(columns_of("\xC3\xA9t\xC3\xA9"), 3U);
  EXPECT_EQ(wrapped("\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9", 7), "\xC3\xA9t\xC3\xA9 \xC3\xA9t\xC3\xA9");
}

TEST(Wrap, FrenchMarksStayWithTheirWords) {
  EXPECT_EQ(wrapped("quelle liste ?", 13), "quelle\nliste ?");
  EXPECT_EQ(wrapped("la liste \xC2\xAB cooks \xC2\xBB", 17), "la liste\n\xC2\xAB cooks \xC2\xBB");
}

TEST(Wrap, ManyWordsTakeNoTimeToSpeakOf) {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "w ";
  EXPECT_EQ(wrapped(many, 78).size(), many.size());
}

}  // namespace
}  // namespace majlis
