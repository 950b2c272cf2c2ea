#include "spool/transport/message_content.h"

#include <gtest/gtest.h>

namespace majlis::spool {
namespace {

TEST(MessageContent, EveryLineEndBecomesCrlfOnTheWire) {
  EXPECT_EQ(crlf_form("a\nb\r\nc\rd\r\r\n\n"), "a\r\nb\r\nc\r\nd\r\n\r\n\r\n");
  EXPECT_EQ(crlf_form("no end"), "no end\r\n");
  EXPECT_EQ(crlf_form("\r"), "\r\n");
  EXPECT_EQ(crlf_form(""), "");
}

TEST(MessageContent, DotsAreDoubledAfterEveryKindOfLineEnd) {
  EXPECT_EQ(dotted_form(crlf_form(".\n..\r.x\r\n.\r\n")), "..\r\n...\r\n..x\r\n..\r\n");
  EXPECT_EQ(dotted_form(crlf_form("a.\nb.c\n")), std::nullopt);
}

TEST(MessageContent, CannotBeEndedFromWithin) {
  for (const std::string end : {"\n.\n", "\r.\r", "\r\n.\n", "\n.\r\n", "\r\n.\r\n", "\n.\r", "\r.\n"}) {
    MessageContent content("a" + end + "MAIL FROM:<evil@x>\n", {}, ContentForm::wire);
    const Wire& wire = content.wire({});
    EXPECT_EQ((*wire.dotted + ".\r\n").find("\r\n.\r\n"), wire.dotted->size() - 2);
    for (const std::string& text : {*wire.dotted, *wire.text}) {
      for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_EQ(text[i] == '\n', i > 0 && text[i - 1] == '\r');
      }
    }
  }
}

TEST(MessageContent, HasOneFormForAllPeersThatTakeItAndIsConvertedOnce) {
  MessageContent plain("Subject: x\n\nbody\n", {}, ContentForm::wire);
  EXPECT_EQ(plain.wire({}).text, plain.wire({true, true}).text);
  EXPECT_EQ(plain.wire({}).text, plain.wire({}).dotted);
  MessageContent eight("Subject: x\n\nk\xC3\xA4se\n", {}, ContentForm::wire);
  const Wire& converted = eight.wire({});
  EXPECT_FALSE(converted.has_eight_bit);
  EXPECT_EQ(&converted, &eight.wire({}));
  EXPECT_NE(converted.text, eight.wire({true, false}).text);
  EXPECT_TRUE(eight.wire({true, false}).has_eight_bit);
  EXPECT_FALSE(eight.wire({true, true}).needs_utf8) << "only the body is 8-bit";
}

TEST(MessageContent, RefusesWhatMayNotBeConverted) {
  MessageContent content("Content-Type: multipart/signed; boundary=x\n\n--x\n\nk\xC3\xA4se\n--x--\n", {},
                         ContentForm::wire);
  EXPECT_EQ(content.wire({}).refusal.status, "5.6.2");
  EXPECT_EQ(content.wire({true, false}).refusal.status, "");
}

TEST(MessageContent, KeepsLfInFiles) { EXPECT_EQ(file_form("a\r\n.b\rc\n\nd"), "a\n.b\nc\n\nd\n"); }

TEST(MessageContent, KnowsWhatMayStandInACommand) {
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
