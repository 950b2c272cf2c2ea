#include "mail/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/text_part.h"

namespace majlis::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPlain =
    "Date: Tue, 24 Nov 2026 10:00:00 +0000\nTo: x@y\nSubject: =?UTF-8?Q?R=C3=BChrei?=\nFrom: Ann <ann@example.com>\n"
    "Message-ID: <1@x>\n\nEggs.\n";

const std::string kMixed =
    "From: b@example.com\nContent-Type: multipart/mixed; boundary=B\n\n"
    "--B\nContent-Type: multipart/alternative; boundary=C\n\n"
    "--C\nContent-Type: text/plain; charset=ISO-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nCaf=E9\n"
    "--C\nContent-Type: text/html\n\n<p>Cafe</p>\n--C--\n"
    "--B\nContent-Type: image/png; name=pan.png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    "--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename=list.txt\n\nnot shown\n"
    "--B\nContent-Type: message/rfc822\n\nSubject: inner\n\nnot shown\n"
    "--B\nContent-Type: text/plain\n\nthe end\n--B--\n";

// Without what is inside the messages of the digest.
std::vector<std::string> outer_types(const Message& message) {
  std::vector<std::string> types;
  for (const Part& part : message.scan().parts) {
    if (part.depth <= 2) types.push_back(part.type);
  }
  return types;
}

TEST(Digest, ReadsTheFieldsOfAMessageInTheOrderOfRfc1153) {
  const PlainReading reading = read_plainly(Message::open(kPlain), 1000);
  EXPECT_EQ(reading.head,
            "Date: Tue, 24 Nov 2026 10:00:00 +0000\nFrom: Ann <ann@example.com>\nSubject: R\xC3\xBChrei\n"
            "Message-ID: <1@x>\n");
  EXPECT_EQ(reading.text, "Eggs.");
  EXPECT_TRUE(reading.left_out.empty());
  EXPECT_FALSE(reading.is_cut);
}

TEST(Digest, ShowsEveryPlainTextAndNamesWhatItLeavesOut) {
  const PlainReading reading = read_plainly(Message::open(kMixed), 1000);
  EXPECT_EQ(reading.text, "Caf\xC3\xA9\n\nthe end");
  ASSERT_EQ(reading.left_out.size(), 3U);
  EXPECT_EQ(reading.left_out[0].name, "pan.png");
  EXPECT_EQ(reading.left_out[0].type, "image/png");
  EXPECT_EQ(reading.left_out[1].name, "list.txt");
  EXPECT_EQ(reading.left_out[2].type, "message/rfc822");
}

TEST(Digest, ShowsFileNamesDecoded) {
  const auto name_in = [](const std::string& fields) {
    const PlainReading reading = read_plainly(Message::open("MIME-Version: 1.0\n" + fields + "\n\nx"), 1000);
    return reading.left_out.empty() ? "nothing left out" : reading.left_out.front().name;
  };
  const std::string attached = "Content-Type: application/pdf\nContent-Disposition: attachment; ";
  EXPECT_EQ(name_in(attached + "filename*=UTF-8''na%C3%AFve%20file.pdf"), "na\xC3\xAFve file.pdf");
  EXPECT_EQ(name_in(attached + "filename*0*=utf-8''na%C3%AF;\n filename*1=ve.pdf"), "na\xC3\xAFve.pdf");
  EXPECT_EQ(name_in(attached + "filename=\"=?utf-8?Q?na=C3=AFve.pdf?=\""), "na\xC3\xAFve.pdf");
  EXPECT_EQ(name_in("Content-Type: application/pdf; name=\"Rice List.pdf\""), "Rice List.pdf");
  EXPECT_EQ(name_in("Content-Type: application/pdf"), "");
}

TEST(Digest, TurnsHtmlToTextWhereThereIsNothingElse) {
  const PlainReading reading =
      read_plainly(Message::open("Content-Type: text/html\n\n<p>Hot <b>soup</b></p><script>x</script>\n"), 1000);
  EXPECT_EQ(reading.text, "Hot soup");
}

TEST(Digest, CutsALongTextAtACharacter) {
  const PlainReading reading = read_plainly(
      Message::open("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n\xC3\xA9\xC3\xA9\n"),
      3);
  EXPECT_EQ(reading.text, "\xC3\xA9");
  EXPECT_TRUE(reading.is_cut);
}

TEST(Digest, SeparatesEntriesByThirtyHyphensThatNoEntryCanForge) {
  const std::string rule(30, '-');
  const std::string text = plain_digest("Top\n", {"Subject: a\n\n-- \nAnn\n" + rule + "\n", "Subject: b\n"}, "End\n");
  EXPECT_EQ(text, "Top\n\n" + std::string(70, '-') + "\n\nSubject: a\n\n-- \nAnn\n " + rule + "\n\n" + rule +
                      "\n\nSubject: b\n\n" + rule + "\n\nEnd\n");
}

TEST(Digest, KeepsTheOctetsOfMessagesInItsMimeForm) {
  const std::string content = mime_digest("Top\n", {kPlain, kMixed}, "End\n", "<1@x>");
  EXPECT_EQ(content, mime_digest("Top\n", {kPlain, kMixed}, "End\n", "<1@x>"));
  EXPECT_THAT(content, HasSubstr(kPlain));
  EXPECT_THAT(content, HasSubstr(kMixed));
  const Message message = Message::open("Subject: digest\r\n" + content);
  EXPECT_FALSE(message.scan().is_ambiguous());
  EXPECT_THAT(outer_types(message), testing::ElementsAre("multipart/mixed", "text/plain", "multipart/digest",
                                                         "message/rfc822", "message/rfc822", "text/plain"));
}

TEST(Digest, CannotBeEndedByABoundaryInsideAMessage) {
  const std::string guess = choose_boundary("<1@x>", {});
  const std::string bad = "Subject: x\n\n--" + guess + "--\nmore\n";
  const std::string content = mime_digest("Top\n", {bad, kPlain}, "End\n", "<1@x>");
  const Message message = Message::open("Subject: digest\r\n" + content);
  EXPECT_THAT(outer_types(message), testing::ElementsAre("multipart/mixed", "text/plain", "multipart/digest",
                                                         "message/rfc822", "message/rfc822", "text/plain"));
  EXPECT_THAT(content, Not(HasSubstr("boundary=\"" + guess + "\"")));
}

TEST(Digest, SaysThatItIsEightBitWhenAMessageIs) {
  EXPECT_THAT(mime_digest("Top\n", {"Subject: \xC3\xA9\n\n"}, "End\n", "s"),
              HasSubstr("Content-Transfer-Encoding: 8bit"));
  EXPECT_THAT(mime_digest("Top\n", {kPlain}, "End\n", "s"), Not(HasSubstr("8bit")));
}

}  // namespace
}  // namespace majlis::mail
