#include "mail/open_text.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/coding/quoted_printable.h"
#include "mail/decoration.h"
#include "mail/text_part.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kStem = "mark";

// What is read when `value`, in quoted-printable, takes the places of the marks.
std::string filled(std::string encoded, std::string_view value) {
  for (std::size_t at = encoded.find(kStem); at != std::string::npos; at = encoded.find(kStem)) {
    encoded.replace(at, kStem.size() + 1, value);
  }
  return decode_quoted_printable(encoded);
}

TEST(OpenText, EachMarkIsByItselfOnALine) {
  for (const std::string text : {"marka", "marka\n", "To marka.\n", "To marka", "x\nmarka\n", "markamarkb\n",
                                 " marka \n", "\n\nmarka\n\n", "K\xC3\xA4se marka =\nx"}) {
    const std::string encoded = encode_open_text(text, kStem);
    std::size_t marks = 0;
    for (std::string_view rest(encoded); const auto line = next_line(rest);) {
      EXPECT_LE(line->size(), 76U);
      if (line->find(kStem) == std::string_view::npos) continue;
      ++marks;
      EXPECT_TRUE(*line == "marka=" || *line == "markb=") << *line;
    }
    EXPECT_GE(marks, 1U);
    std::string expected;
    for (std::string_view rest(text); !rest.empty();) {
      const bool is_mark = rest.starts_with(kStem);
      expected += is_mark ? "Joe" : rest.substr(0, 1);
      rest.remove_prefix(is_mark ? kStem.size() + 1 : 1);
    }
    EXPECT_EQ(filled(encoded, "Joe"), expected);
  }
}

TEST(OpenText, IsUtf8WhateverComes) {
  EXPECT_EQ(filled(encode_open_text("\xFF marka\r\n", kStem), "Joe"), "\xEF\xBF\xBD Joe\n");
  EXPECT_EQ(encode_open_text("", kStem), "");
}

TEST(OpenText, APartHasNoLineThatCouldBeADelimiter) {
  const std::string part = open_text_part("-- \nmarka\n--b--\n", kStem);
  EXPECT_EQ(part.find("\n--"), std::string::npos) << part;
  EXPECT_EQ(filled(part.substr(part.find("\r\n\r\n") + 4), "Joe"), "-- \nJoe\n--b--\n");
}

std::string decorated(const std::string& raw, Decorated expected) {
  const Message message = Message::open(raw);
  Edit edit(message);
  EXPECT_EQ(decorate(message, {"Dear marka,\n", "-- \nmarkb = you\n", std::string(kStem)}, edit), expected);
  return edit.apply().bytes;
}

std::string body_of(const std::string& raw) {
  const Message message = Message::open(raw);
  return decode_quoted_printable(message.body());
}

TEST(OpenDecoration, APlainTextIsWrittenInQuotedPrintableAndSaysWhatItSaid) {
  for (const std::string fields : {"", "Content-Type: text/plain; charset=us-ascii\n", "Content-Type: text/plain\n",
                                   "Content-Type: text/plain; charset=\"UTF-8\"; format=flowed\n"
                                   "Content-Transfer-Encoding: 8bit\nMIME-Version: 1.0\n"}) {
    const std::string out = decorated("From: a@x\n" + fields + "\n.x = 3\nmark \n", Decorated::in_text);
    const Message message = Message::open(out);
    EXPECT_EQ(message.scan().parts.front().encoding, "quoted-printable");
    EXPECT_EQ(message.scan().parts.front().charset, "utf-8");
    EXPECT_FALSE(message.scan().is_ambiguous());
    EXPECT_EQ(message.has_field("MIME-Version"), true);
    EXPECT_EQ(out.find("format=flowed") != std::string::npos, fields.find("flowed") != std::string::npos);
    const std::size_t front = out.find("\nmarka=\n");
    const std::size_t behind = out.find("\nmarkb=\n");
    ASSERT_NE(front, std::string::npos) << out;
    ASSERT_NE(behind, std::string::npos) << out;
    std::string copy = out;
    copy.replace(behind + 1, 5, "Joe");
    copy.replace(front + 1, 5, "Joe");
    EXPECT_EQ(body_of(copy), "Dear Joe,\n.x = 3\nmark \n-- \nJoe = you\n");
  }
}

TEST(OpenDecoration, TheFlowOfTheLinesIsKeptWhenTheCharsetChanges) {
  const std::string out = decorated(
      "From: a@x\nContent-Type: text/plain; format=flowed; delsp=yes; charset=us-ascii\n\nx\n", Decorated::in_text);
  EXPECT_NE(out.find("charset=UTF-8; format=flowed; delsp=yes"), std::string::npos) << out;
}

TEST(OpenDecoration, TextThatIsEncodedAlreadyKeepsItsOctets) {
  const std::string body = "k=C3=A4se =\n=3D\n";
  const std::string out = decorated(
      "From: a@x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + body,
      Decorated::in_text);
  EXPECT_NE(out.find(",\n" + body + "--=20\nmarkb=\n"), std::string::npos) << out;
}

TEST(OpenDecoration, TextThatIsOnlyLabelledQuotedPrintableIsEncodedAnew) {
  const std::string fields =
      "From: a@x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n";
  const std::string raw_e = "raw \xC3\xA9 in qp";
  const std::string long_line(5000, 'x');
  const std::pair<std::string, std::string> cases[] = {
      {long_line + "\n", long_line + "\n"}, {raw_e + "\n", raw_e + "\n"},  {raw_e, raw_e + "\n"},
      {raw_e + "=", raw_e + "\n"},          {raw_e + "=\n", raw_e + "\n"}, {raw_e + " \n\n", raw_e + "\n\n"},
      {"=ZZ =c3=a9\n", "=ZZ \xC3\xA9\n"},   {"a\rb\n", "a\nb\n"},          {"\xE9 is Latin\n", "\xE9 is Latin\n"}};
  for (const auto& [body, says] : cases) {
    for (const bool crlf : {false, true}) {
      const std::string raw = fields + body;
      const std::string out = decorated(crlf ? with_crlf(raw) : raw, Decorated::in_text);
      EXPECT_TRUE(is_quoted_printable(Message::open(out).body())) << out;
      EXPECT_EQ(Message::open(out).scan().parts.front().fields.size(), 4U) << out;
      EXPECT_EQ(filled(std::string(Message::open(out).body()), "Joe"), "Dear Joe,\n" + says + "-- \nJoe = you\n");
    }
  }
}

TEST(OpenDecoration, WhatCannotTakeItStaysAsItIsBesideOrInside) {
  const std::string latin =
      "From: a@x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n";
  EXPECT_NE(decorated(latin + "k\xE4se\n", Decorated::wrapped).find("\nk\xE4se\n"), std::string::npos);
  const std::string base64 =
      "From: a@x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\neA==\n";
  EXPECT_NE(decorated(base64, Decorated::wrapped).find("\neA==\n"), std::string::npos);
  EXPECT_NE(decorated("From: a@x\n\nk\xE4se\n", Decorated::wrapped).find("\nk\xE4se\n"), std::string::npos)
      << "eight bits without a label";
  const std::string signed_part = "--b\n\nx\n--b\nContent-Type: application/pgp-signature\n\ny\n--b--\n";
  const std::string out =
      decorated("From: a@x\nContent-Type: multipart/signed; boundary=b\n\n" + signed_part, Decorated::wrapped);
  EXPECT_NE(out.find(signed_part), std::string::npos);
  const std::string mixed =
      decorated("From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n", Decorated::as_parts);
  EXPECT_NE(mixed.find("quoted-printable\n\n=2D-=20\nmarkb=\n"), std::string::npos) << mixed;
}

}  // namespace
}  // namespace majlis::mail
