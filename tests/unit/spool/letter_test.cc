#include "spool/letter.h"

#include <gtest/gtest.h>

namespace majlis::spool {
namespace {

TEST(Letter, EveryLineEndBecomesCrlfOnTheWire) {
  EXPECT_EQ(wire_form("a\nb\r\nc\rd\r\r\n\n"), "a\r\nb\r\nc\r\nd\r\n\r\n\r\n.\r\n");
  EXPECT_EQ(wire_form("no end"), "no end\r\n.\r\n");
  EXPECT_EQ(wire_form(""), ".\r\n");
}

TEST(Letter, DotsAreDoubledAfterEveryKindOfLineEnd) {
  EXPECT_EQ(wire_form(".\n..\r.x\r\n.\r\n"), "..\r\n...\r\n..x\r\n..\r\n.\r\n");
}

TEST(Letter, CannotBeEndedFromWithin) {
  for (const std::string end : {"\n.\n", "\r.\r", "\r\n.\n", "\n.\r\n", "\r\n.\r\n"}) {
    const std::string wire = wire_form("a" + end + "MAIL FROM:<evil@x>\n");
    EXPECT_EQ(wire.find("\r\n.\r\n"), wire.size() - 5);
  }
}

TEST(Letter, KeepsLfInFiles) { EXPECT_EQ(file_form("a\r\n.b\rc\n\nd"), "a\n.b\nc\n\nd\n"); }

TEST(Letter, KnowsWhatMayStandInACommand) {
  EXPECT_TRUE(is_sendable("a.b+c@example.org"));
  EXPECT_TRUE(is_sendable("\xC3\xA4@example.org"));
  for (const std::string& bad :
       {std::string(""), std::string("a b@x"), std::string("a>@x"), std::string("<a@x"), std::string("a@x\r\nRSET"),
        std::string("a\0@x", 4), std::string("a\x7F@x"), std::string(321, 'a')}) {
    EXPECT_FALSE(is_sendable(bad)) << bad;
  }
}

}  // namespace
}  // namespace majlis::spool
