#include "mail/composer.h"
#include "base/unicode.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

using namespace std::string_literals;

constexpr UnixTime kDate = 1795478400;

// One field as RFC 5322 3.2.2 has it: a name, continuation lines that begin with a blank and hold something, CRLF.
::testing::AssertionResult is_one_field(const std::string& text) {
  const auto no = [&](const char* why) { return ::testing::AssertionFailure() << why << ": " << printable(text); };
  if (!text.ends_with("\r\n")) return no("no CRLF at the end");
  bool first = true;
  for (std::string_view rest(text); !rest.empty();) {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    if (line.size() > 998) return no("long line");
    if (line.find_first_of("\r\n\0"s) != std::string_view::npos) return no("control");
    if (first) {
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0) return no("no name");
      if (line.substr(0, colon).find_first_of(" \t") != std::string_view::npos) return no("blank in name");
    } else if (line.empty() || line.front() != ' ' || trim(line).empty()) {
      return no("not a continuation");
    }
    first = false;
    rest.remove_prefix(end + 2);
  }
  return ::testing::AssertionSuccess();
}

std::string body_of(const std::string& field) {
  return std::string(trim(std::string_view(field).substr(field.find(':') + 1)));
}

std::string random_bytes(std::minstd_rand& random, std::size_t max) {
  static constexpr std::string_view kSpicy = "\r\n\0 \t:=?<>@\"\\,;()é\xE2\x80\xA8\xC2\x85\xFF";
  std::string bytes;
  for (std::size_t i = random() % max; i > 0; --i) {
    const unsigned dice = random() % 4;
    bytes += dice == 0   ? kSpicy[random() % kSpicy.size()]
             : dice == 1 ? static_cast<char>(random() % 256)
                         : static_cast<char>('a' + random() % 26);
  }
  return bytes;
}

TEST(Field, NothingInjectsASecondField) {
  std::minstd_rand random(1);
  for (int round = 0; round < 2000; ++round) {
    EXPECT_TRUE(is_one_field(field(random_bytes(random, 20), random_bytes(random, round % 50 == 0 ? 5000 : 200))));
  }
  EXPECT_TRUE(is_one_field(field("From", "ü@x.org\r\nBcc: e@x")));
  EXPECT_TRUE(is_one_field(field("X", std::string(100000, 'x'))));
  EXPECT_TRUE(is_one_field(field("X", std::string(100000, ' ') + "x" + std::string(100000, ' ') + "y")));
  EXPECT_EQ(field("Subject", "hi\r\nBcc: e@x"), "Subject: hi  Bcc: e@x\r\n");
  EXPECT_EQ(field("A\r\nB:", "x"), "AB: x\r\n");
  EXPECT_EQ(field("", "x"), "X-Unnamed: x\r\n");
}

TEST(Field, FoldsNear78AndKeepsTheText) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word" + std::to_string(i) + ' ';
  const std::string folded = field("Subject", words);
  std::string unfolded;
  for (std::string_view rest(folded); const auto line = next_line(rest);) {
    EXPECT_LE(line->size(), 78U);
    unfolded += *line;
  }
  EXPECT_EQ(unfolded, "Subject: " + std::string(trim(words)));
}

TEST(Field, EncodesTextButNotUtf8Addresses) {
  EXPECT_EQ(field("Subject", "caf\xC3\xA9 ole"), "Subject: =?UTF-8?Q?caf=C3=A9?= ole\r\n");
  EXPECT_EQ(field("To", "ü@x.org"), "To: ü@x.org\r\n");
  EXPECT_TRUE(is_ascii(field("To", "ü")));
  EXPECT_EQ(field("Subject", "=?UTF-8?Q?a?="), "Subject: =?UTF-8?Q?a?=\r\n");
}

TEST(EncodeText, ComesBackWhateverItSays) {
  std::minstd_rand random(2);
  const std::string_view pieces[] = {"é", "日本", "a", " ", "=?", "?=", "_", "=", "word", "😀", "=?utf-8?q?x?=", "-"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (auto i = random() % 60; i > 0; --i) text += pieces[random() % std::size(pieces)];
    const std::string encoded = encode_text(text);
    EXPECT_TRUE(is_ascii(encoded));
    EXPECT_EQ(decode_words(encoded), trim(text)) << text;
    EXPECT_EQ(decode_words(body_of(field("Subject", encoded))), trim(text)) << text;
    for (const std::string_view word : split_words(encoded)) {
      if (!word.starts_with("=?")) continue;
      EXPECT_LE(word.size(), 75U);
      EXPECT_EQ(decode_words(word).find("\xEF\xBF\xBD"), std::string::npos);
    }
  }
}

TEST(DisplayMailbox, ComesBackAsTheSameMailbox) {
  std::minstd_rand random(3);
  for (const std::string_view written : {"a@b.c", "\"a b\"@x.org", "ü@x.org"}) {
    const auto address = Address::parse(written);
    ASSERT_TRUE(address);
    for (int round = 0; round < 2000; ++round) {
      const std::string display = random_bytes(random, 400);
      const std::string body = body_of(field("From", display_mailbox(display, *address)));
      const auto mailbox = parse_mailbox(body);
      ASSERT_TRUE(mailbox) << printable(body);
      EXPECT_EQ(mailbox->address, *address);
    }
  }
}

TEST(DisplayMailbox, QuotesOrEncodesAsNeeded) {
  const Address address = *Address::parse("a@b.c");
  EXPECT_EQ(display_mailbox("", address), "a@b.c");
  EXPECT_EQ(display_mailbox("Joe Public", address), "Joe Public <a@b.c>");
  EXPECT_EQ(display_mailbox("Joe Q. Public", address), "\"Joe Q. Public\" <a@b.c>");
  EXPECT_EQ(display_mailbox("a\"b\\", address), R"("a\"b\\" <a@b.c>)");
  EXPECT_EQ(display_mailbox("Jörg", address), "=?UTF-8?Q?J=C3=B6rg?= <a@b.c>");
  EXPECT_EQ(decode_words(display_mailbox("x@y, =?utf-8?q?z?=", address)), "x@y, =?utf-8?q?z?= <a@b.c>");
}

Letter sample() {
  Letter letter;
  letter.from = "Majlis <majordomo@lists.example>";
  letter.to = "a@b.c";
  letter.subject = "Résumé";
  letter.message_id = "<1@lists.example>";
  letter.text = "Hello\nworld\n";
  return letter;
}

TEST(Compose, PlainTextGoesAsItIs) {
  const std::string mail = compose(sample(), kDate);
  EXPECT_TRUE(mail.ends_with("\r\n\r\nHello\r\nworld\r\n"));
  for (const char* line :
       {"Date: ", "From: Majlis <majordomo@lists.example>\r\n", "To: a@b.c\r\n", "Message-ID: <1@lists.example>\r\n",
        "Auto-Submitted: auto-generated\r\n", "Precedence: bulk\r\n", "MIME-Version: 1.0\r\n",
        "Content-Transfer-Encoding: 7bit\r\n", "Subject: =?UTF-8?Q?R=C3=A9sum=C3=A9?=\r\n"}) {
    EXPECT_NE(mail.find(line), std::string::npos) << line;
  }
  EXPECT_EQ(mail, compose(sample(), kDate));
}

TEST(Compose, AnAnswerSaysSo) {
  Letter letter = sample();
  letter.in_reply_to = "<2@b.c>";
  letter.extra_fields = {
      {"Precedence", "list"}, {"subject", "second"}, {"Content-Type", "text/html"}, {"X-Loop", "a@b\r\nBcc: x"}};
  const std::string mail = compose(letter, kDate);
  EXPECT_NE(mail.find("Auto-Submitted: auto-replied\r\n"), std::string::npos);
  EXPECT_NE(mail.find("References: <2@b.c>\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Precedence: list\r\n"), std::string::npos);
  EXPECT_EQ(mail.find("bulk"), std::string::npos);
  EXPECT_EQ(mail.find("second"), std::string::npos);
  EXPECT_EQ(mail.find("text/html"), std::string::npos);
  EXPECT_EQ(mail.find("\nBcc"), std::string::npos);
}

// A letter of ours that nobody asked for goes on with an earlier one of ours; an answer names both.
TEST(Compose, AThreadGoesOn) {
  Letter letter = sample();
  letter.follows = "<1@b.c>";
  const std::string unasked = compose(letter, kDate);
  EXPECT_NE(unasked.find("In-Reply-To: <1@b.c>\r\nReferences: <1@b.c>\r\n"), std::string::npos);
  EXPECT_NE(unasked.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
  letter.in_reply_to = "<2@b.c>";
  const std::string answer = compose(letter, kDate);
  EXPECT_NE(answer.find("In-Reply-To: <2@b.c>\r\nReferences: <1@b.c> <2@b.c>\r\n"), std::string::npos);
  letter.follows = letter.in_reply_to;
  EXPECT_NE(compose(letter, kDate).find("References: <2@b.c>\r\n"), std::string::npos);
}

TEST(Compose, LongAndForeignLinesAreEncoded) {
  for (const std::string& text : {"Grüße\n"s, std::string(991, 'x') + '\n', "a\rb\n"s, "a\0b\n"s}) {
    Letter letter = sample();
    letter.text = text;
    const std::string mail = compose(letter, kDate);
    EXPECT_NE(mail.find("Content-Transfer-Encoding: quoted-printable\r\n"), std::string::npos);
    EXPECT_TRUE(is_ascii(mail));
    EXPECT_EQ(decode_quoted_printable(std::string_view(mail).substr(mail.find("\r\n\r\n") + 4)), text);
  }
}

TEST(Compose, AFileNameBeyondAsciiIsToldInBothForms) {
  Letter letter = sample();
  letter.attachments = {{"text/plain", "\xC3\xBCn\xC3\xAF a*.txt", "x"}};
  const std::string mail = compose(letter, kDate);
  EXPECT_NE(mail.find("filename=\"__n__ a*.txt\";\r\n filename*=UTF-8''%C3%BCn%C3%AF%20a%2A.txt\r\n"),
            std::string::npos)
      << mail;
  letter.attachments[0].name = "plain.txt";
  EXPECT_EQ(compose(letter, kDate).find("filename*"), std::string::npos);
}

TEST(Compose, AttachedMessagesKeepTheirOctetsAndTheBoundaryIsTheirsNever) {
  Letter letter = sample();
  letter.attachments = {{"message/rfc822", "",
                         "From: x\n\nb\xF6"
                         "dy"},
                        {"text/plain; x=\r\ny", "a\"\r\nb", "bytes\0"s}};
  const std::string plain = compose(letter, kDate);
  const std::size_t start = plain.find("boundary=\"") + 10;
  const std::string boundary = plain.substr(start, plain.find('"', start) - start);
  EXPECT_LE(boundary.size(), 70U);
  EXPECT_NE(plain.find("From: x\n\nb\xF6"
                       "dy\r\n--" +
                       boundary),
            std::string::npos);
  EXPECT_NE(plain.find("Content-Type: application/octet-stream\r\n"), std::string::npos);

  letter.attachments[0].bytes += "\n--" + boundary + "--\n";
  const std::string again = compose(letter, kDate);
  const std::size_t next = again.find("boundary=\"") + 10;
  const std::string other = again.substr(next, again.find('"', next) - next);
  EXPECT_NE(other, boundary);
  EXPECT_EQ(letter.attachments[0].bytes.find(other), std::string::npos);
  EXPECT_EQ(again, compose(letter, kDate));
}

}  // namespace
}  // namespace majlis::mail
