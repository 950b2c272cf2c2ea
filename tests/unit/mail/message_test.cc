#include "mail/message.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

using ::testing::ElementsAre;

TEST(Message, CutsWhatLocalDeliveryPutInFront) {
  const std::string envelope =
      "From a@example.org Tue Nov 24 00:00:00 2026\nReturn-Path: <a@example.org>\nX-Original-To: l@x\n"
      "Delivered-To: l@x\n";
  const Message message = Message::open(envelope + "Received: by x\nDelivered-To: inner\n\nbody\n");
  EXPECT_EQ(message.envelope_lines(), envelope);
  EXPECT_EQ(message.bytes(), "Received: by x\nDelivered-To: inner\n\nbody\n");
  EXPECT_THAT(message.fields("Delivered-To"), ElementsAre("inner"));
}

TEST(Message, CutsTheEnvelopeFieldsOfAPipeInAnyOrder) {
  const Message message = Message::open("delivered-to: l@x\r\nReturn-Path: <>\r\nFrom: a@x.org\r\n\r\nbody");
  EXPECT_EQ(message.envelope_lines(), "delivered-to: l@x\r\nReturn-Path: <>\r\n");
  EXPECT_FALSE(message.has_field("Return-Path"));
}

TEST(Message, TheReturnPathIsTheFieldElseTheFromLine) {
  const std::string from_line = "From MAILER-DAEMON Tue Nov 24 00:00:00 2026\n";
  EXPECT_EQ(Message::open(from_line + "From: a@x.org\n\n").return_path(), "MAILER-DAEMON");
  EXPECT_EQ(Message::open(from_line + "Return-Path: <b@x.org>\nFrom: a@x.org\n\n").return_path(), "<b@x.org>");
  EXPECT_EQ(Message::open("From  \nFrom: a@x.org\n\n").return_path(), std::nullopt);
  EXPECT_EQ(Message::open("From: a@x.org\n\n").return_path(), std::nullopt);
}

TEST(Message, LeavesEnvelopeFieldsThatTheSenderWrote) {
  const Message below = Message::open("Subject: x\nReturn-Path: <a@x.org>\n\n");
  EXPECT_EQ(below.envelope_lines(), "");
  const Message twice = Message::open("Delivered-To: real\nDelivered-To: forged\n\n");
  EXPECT_EQ(twice.envelope_lines(), "Delivered-To: real\n");
  EXPECT_THAT(twice.fields("Delivered-To"), ElementsAre("forged"));
}

TEST(Message, ReadsFieldsUnfoldedAndTrimmed) {
  const Message message = Message::open("Subject:  a\r\n b \r\nsubject: c\r\nTo: d@x.org\r\n\r\n");
  EXPECT_THAT(message.fields("SUBJECT"), ElementsAre("a b", "c"));
  EXPECT_EQ(message.field("Subject"), std::nullopt);
  EXPECT_EQ(message.field("to"), "d@x.org");
  EXPECT_FALSE(message.has_field("Cc"));
}

TEST(Message, HasAnAuthorOnlyWhenThereIsExactlyOne) {
  EXPECT_EQ(Message::open("From: Ann <ann@x.org>\n\n").author()->address.text(), "ann@x.org");
  EXPECT_EQ(Message::open("Subject: none\n\n").author(), std::nullopt);
  EXPECT_EQ(Message::open("From: ann@x.org, bob@x.org\n\n").author(), std::nullopt);
  EXPECT_EQ(Message::open("From: ann@x.org\nFrom: bob@x.org\n\n").author(), std::nullopt);
}

TEST(Message, GivesAWellFormedMessageIdOnly) {
  EXPECT_EQ(Message::open("Message-ID: <1@x>\n\n").message_id(), "<1@x>");
  for (const char* bad : {"1@x", "<1@x", "<>", "<1 2@x>", "<1@x> <2@x>", "<1\xC3\xA9@x>", ""}) {
    EXPECT_EQ(Message::open(std::string("Message-ID: ") + bad + "\n\n").message_id(), "") << bad;
  }
  EXPECT_EQ(Message::open("Message-ID: <1@x>\nMessage-ID: <2@x>\n\n").message_id(), "");
}

TEST(Message, DecodesTheSubjectToOneLine) {
  EXPECT_EQ(Message::open("Subject: =?utf-8?Q?caf=C3=A9?=\n\n").subject(), "caf\xC3\xA9");
  EXPECT_EQ(Message::open("Subject: =?utf-8?Q?a=0Ab?=\n\n").subject(), "a b");
  EXPECT_EQ(Message::open("From: a@x.org\n\n").subject(), "");
  const std::string longest = Message::open("Subject: " + std::string(997, 'x') + "\xC3\xA9\n\n").subject();
  EXPECT_EQ(longest, std::string(997, 'x'));
}

TEST(Message, DividesHeaderAndBody) {
  const Message crlf = Message::open("A: b\r\n\r\nbody\r\n");
  EXPECT_EQ(crlf.header(), "A: b\r\n");
  EXPECT_EQ(crlf.body(), "body\r\n");
  EXPECT_EQ(Message::open("\nbody").header(), "");
  EXPECT_EQ(Message::open("\nbody").body(), "body");
  EXPECT_EQ(Message::open("A: b").header(), "A: b");
  EXPECT_EQ(Message::open("A: b").body(), "");
  EXPECT_EQ(Message::open("A: b\nno field\n").header(), "A: b\n");
  EXPECT_EQ(Message::open("A: b\nno field\n").body(), "no field\n");
}

TEST(Message, FindsTheFirstTextAndDecodesIt) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  EXPECT_EQ(Message::open("A: b\n\none\r\ntwo\n").first_text(100), "one\ntwo\n");
  EXPECT_EQ(Message::open("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: "
                          "quoted-printable\n\ncaf=E9\n")
                .first_text(100),
            "caf\xC3\xA9\n");
  EXPECT_EQ(Message::open(head + "--b\nContent-Type: text/html\n\n<p>no</p>\n--b\n\nyes\n--b--\n").first_text(100),
            "yes");
  EXPECT_EQ(Message::open(head + "--b\nContent-Transfer-Encoding: base64\n\naGVscA==\n--b--\n").first_text(100),
            "help");
}

TEST(Message, WhatIsWrittenStandsInTheFirstPartThatHoldsAnything) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n \n\n--b\n";
  EXPECT_EQ(Message::open(head + "\nyes\n--b--\n").written_text(100), "yes");
  EXPECT_EQ(Message::open(head + "Content-Type: text/html\n\n<p>yes</p>\n--b--\n").written_text(100), "yes\n");
  EXPECT_EQ(Message::open(head + "Content-Disposition: attachment\n\nno\n--b--\n").written_text(100), " \n");
  EXPECT_EQ(Message::open("Content-Type: image/png\n\nno\n").written_text(100), std::nullopt);
  EXPECT_EQ(Message::open("Content-Type: text/plain; format=Flowed; delsp=yes\n\none \ntwo\n").written_text(100),
            "onetwo\n");
}

TEST(Message, TurnsHtmlToTextWhenThereIsNoPlainText) {
  const auto text = Message::open("Content-Type: text/html\n\n<p>one <b>two</b></p>\n").first_text(100);
  ASSERT_TRUE(text.has_value());
  EXPECT_NE(text->find("one two"), std::string::npos);
}

TEST(Message, TakesNoTextFromAttachments) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  EXPECT_EQ(Message::open(head + "--b\nContent-Disposition: Attachment; filename=a\n\nno\n--b\n\nyes\n--b--\n")
                .first_text(100),
            "yes");
  EXPECT_EQ(Message::open(head + "--b\nContent-Type: message/rfc822\n\nSubject: x\n\nno\n--b--\n").first_text(100),
            std::nullopt);
}

TEST(Message, CutsTextBetweenCharacters) {
  EXPECT_EQ(Message::open("\ncaf\xC3\xA9").first_text(4), "caf");
  EXPECT_EQ(Message::open("\ncaf\xC3\xA9").first_text(5), "caf\xC3\xA9");
  EXPECT_EQ(Message::open("\ntext").first_text(0), "");
}

TEST(Message, EnvelopeLinesEndingInABareCrAreReadToTheirEnd) {
  for (const char* first : {"Return-Path: <ann@example.org>", "From ann@example.org Tue Nov 24 10:00:00 2026"}) {
    const std::string bytes = std::string(first) + "\rFrom: ann@example.org\rSubject: x\r\rHello\r";
    const Message message = Message::open(bytes);
    EXPECT_LE(message.bytes().size(), bytes.size()) << first;
    EXPECT_TRUE(message.bytes().empty() || bytes.ends_with(message.bytes())) << first;
  }
}

}  // namespace
}  // namespace majlis::mail
