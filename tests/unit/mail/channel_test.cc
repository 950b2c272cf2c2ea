#include "mail/channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mail/ascii_field.h"
#include "mail/coding/decode.h"
#include "mail/scan/scan.h"

namespace majlis::mail {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Channel kSevenBit{};
constexpr Channel kEightBit{true, false};
constexpr Channel kUtf8{true, true};
const std::string kCheese = "K\xC3\xA4se";

void expect_seven_bit(const std::string& text) {
  const Demand demand = demand_of(text);
  EXPECT_FALSE(demand.eight_bit_header) << text;
  EXPECT_FALSE(demand.eight_bit_body) << text;
  EXPECT_FALSE(demand.long_lines) << text;
}

std::string body_of(const Scan& scan, const std::string& text, std::size_t part) {
  const Part& each = scan.parts.at(part);
  return decode_transfer(std::string_view(text).substr(each.body_begin, each.body_end - each.body_begin),
                         each.encoding);
}

TEST(Channel, TakesWhatFitsOctetForOctet) {
  const std::string plain = "Subject: x\r\n\r\nbody\r\n";
  const std::string eight = "Subject: x\r\n\r\n" + kCheese + "\r\n";
  EXPECT_EQ(fit(plain, kSevenBit).kind, Fitted::Kind::as_it_is);
  EXPECT_EQ(fit(eight, kEightBit).kind, Fitted::Kind::as_it_is);
  EXPECT_TRUE(demand_of(eight).is_met_by(kEightBit));
  EXPECT_FALSE(demand_of(eight).is_met_by(kSevenBit));
}

TEST(Channel, GetsUnlabelledTextWithALabel) {
  for (const std::string& body : {kCheese, std::string("K\xE4se")}) {
    const Fitted fitted = fit("Subject: x\r\n\r\n" + body + " and bread\r\n", kSevenBit);
    ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
    expect_seven_bit(fitted.text);
    EXPECT_THAT(fitted.text, HasSubstr(body == kCheese ? "charset=utf-8" : "charset=unknown-8bit"));
    EXPECT_THAT(fitted.text, HasSubstr("MIME-Version: 1.0\r\n"));
    const Scan scanned = scan(fitted.text);
    EXPECT_EQ(body_of(scanned, fitted.text, 0), body + " and bread\n");
  }
}

TEST(Channel, GetsEachPartInItsOwnEncodingAndTheOthersUntouched) {
  const std::string message =
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
      "Pr\xC3\xA9"
      "ambule\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
      kCheese +
      " and a lot of bread\r\n--b\r\nContent-Type: text/plain\r\n\r\n=20untouched\r\n--b\r\n"
      "Content-Type: application/x-thing; name=\"k\xC3\xA4se.bin\"\r\n\r\n\xFF\xFE\r\n--b--\r\n";
  const Fitted fitted = fit(message, kSevenBit);
  ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
  expect_seven_bit(fitted.text);
  EXPECT_THAT(fitted.text, HasSubstr("boundary=b\r\nContent-Transfer-Encoding: 7bit\r\n"));
  EXPECT_THAT(fitted.text, HasSubstr("\r\n\r\n=20untouched\r\n--b"));
  const Scan scanned = scan(fitted.text);
  ASSERT_EQ(scanned.parts.size(), 4U);
  EXPECT_EQ(scanned.parts[1].encoding, "quoted-printable");
  EXPECT_EQ(scanned.parts[3].encoding, "base64");
  EXPECT_EQ(body_of(scanned, fitted.text, 1), kCheese + " and a lot of bread");
  EXPECT_EQ(body_of(scanned, fitted.text, 3), "\xFF\xFE");
  EXPECT_THAT(scanned.parts[3].file_names, testing::Contains("k\xC3\xA4se.bin"));
}

TEST(Channel, ReachesIntoEnclosedMessages) {
  const std::string message =
      "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
      "Subject: " +
      kCheese + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + kCheese + " inside\r\n";
  const Fitted fitted = fit(message, kSevenBit);
  ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
  expect_seven_bit(fitted.text);
  const Scan scanned = scan(fitted.text);
  EXPECT_EQ(scanned.parts[0].encoding, "7bit") << "an enclosed message is never encoded as a whole";
  EXPECT_EQ(body_of(scanned, fitted.text, 1), kCheese + " inside\n");
}

TEST(Channel, NeverChangesWhatIsSignedOrEncrypted) {
  for (const std::string type : {"signed", "encrypted"}) {
    const std::string head = "MIME-Version: 1.0\r\nContent-Type: multipart/" + type + "; boundary=b\r\n\r\n--b\r\n\r\n";
    EXPECT_EQ(fit(head + kCheese + "\r\n--b--\r\n", kSevenBit).kind, Fitted::Kind::prohibited);
    EXPECT_EQ(fit(head + kCheese + "\r\n--b--\r\n", kEightBit).kind, Fitted::Kind::as_it_is);
    EXPECT_EQ(fit(head + std::string(2000, 'x') + "\r\n--b--\r\n", kSevenBit).kind, Fitted::Kind::as_it_is);
  }
}

TEST(Channel, GetsNoLineThatIsTooLong) {
  const std::string line(998, 'x');
  EXPECT_EQ(fit("Subject: x\r\n\r\n" + line + "\r\n", kEightBit).kind, Fitted::Kind::as_it_is);
  const Fitted fitted = fit("Subject: x\r\n\r\n" + line + "x\r\n.\r\n", kEightBit);
  ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
  expect_seven_bit(fitted.text);
  EXPECT_EQ(body_of(scan(fitted.text), fitted.text, 0), line + "x\n.\n");
}

TEST(Channel, GetsHeaderFieldsAsEncodedWordsUnlessItTakesUtf8) {
  const std::string message = "Subject: " + kCheese + " today\r\nFrom: J\xC3\xB6rg <j@example.org>\r\n\r\nbody\r\n";
  EXPECT_EQ(fit(message, kUtf8).kind, Fitted::Kind::as_it_is);
  const Fitted fitted = fit(message, kEightBit);
  ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
  expect_seven_bit(fitted.text);
  EXPECT_THAT(fitted.text, HasSubstr("<j@example.org>\r\n\r\nbody\r\n"));
  const Scan scanned = scan(fitted.text);
  const Field& subject = scanned.parts[0].fields[0];
  EXPECT_EQ(decode_words(fitted.text.substr(subject.body_begin, subject.body_end - subject.body_begin)),
            " " + kCheese + " today");
}

TEST(Channel, DoesNotCallAnythingUtf8ThatIsNot) {
  EXPECT_EQ(fit("Subject: K\xE4se\r\n\r\nbody\r\n", kUtf8).kind, Fitted::Kind::converted);
}

TEST(Channel, CannotSpellAnAddressInAnotherWay) {
  EXPECT_EQ(fit("From: <j\xC3\xB6rg@example.org>\r\n\r\nbody\r\n", kEightBit).kind, Fitted::Kind::no_ascii_address);
  EXPECT_EQ(fit("To: j\xC3\xB6rg@example.org\r\n\r\nbody\r\n", kEightBit).kind, Fitted::Kind::no_ascii_address);
}

TEST(AsciiField, KeepsAddressesAndEncodesNames) {
  const std::optional<std::string> field =
      ascii_field("To", " \"J\xC3\xB6rg, der\" <j@x.org>, M\xC3\xBCller<m@x.org> (K\xC3\xB6ln),\r\n plain@x.org");
  ASSERT_TRUE(field.has_value());
  EXPECT_THAT(*field, HasSubstr("<j@x.org>,"));
  EXPECT_THAT(*field, HasSubstr(" <m@x.org>"));
  EXPECT_THAT(*field, HasSubstr("plain@x.org\r\n"));
  EXPECT_THAT(decode_words(*field), HasSubstr("J\xC3\xB6rg, der <j@x.org>"));
  EXPECT_THAT(decode_words(*field), HasSubstr("(K\xC3\xB6ln)"));
}

TEST(AsciiField, EncodesAnyOctetsIntoOneField) {
  for (const std::string name : {"Subject", "To", "Content-Type", "Received"}) {
    for (int octet = 1; octet < 256; ++octet) {
      const std::string body = std::string(" a\xC3\xA4") + static_cast<char>(octet) + "b <c@d>; x=\"\xC3\xA4\"";
      const std::optional<std::string> field = ascii_field(name, body);
      if (!field) continue;
      EXPECT_TRUE(field->ends_with("\r\n"));
      const std::string message = *field + "\r\n";
      const Scan scanned = scan(message);
      EXPECT_EQ(scanned.parts[0].fields.size(), 1U) << name << octet << *field;
      EXPECT_FALSE(demand_of(message).eight_bit_header);
    }
  }
}

TEST(Channel, EveryMessageEitherFitsOrIsRefused) {
  // Cut anywhere, with an octet from above in the worst places.
  const std::string message =
      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\nSubject: \xC3\xA4\r\n\r\n\xC3\xA4\r\n--b\r\n"
      "Content-Transfer-Encoding: binary\r\n\r\n\xC3\xA4\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
      "To: \xC3\xA4\r\n\r\n\xE4\r\n--b--\r\n\xC3\xA4\r\n";
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    const Fitted fitted = fit(message.substr(0, cut), kSevenBit);
    if (fitted.kind == Fitted::Kind::converted) expect_seven_bit(fitted.text);
    if (fitted.kind == Fitted::Kind::as_it_is) expect_seven_bit(message.substr(0, cut));
  }
}

TEST(Channel, NoEncodedLineBecomesADelimiter) {
  const std::string text = std::string(1200, 'x') + "\r\n=2D-b\r\nContent-Type: text/html\r\n\r\n<b>\r\n";
  const Fitted fitted =
      fit("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
          "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
              text + "--b--\r\n",
          kSevenBit);
  ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
  const Scan scanned = scan(fitted.text);
  ASSERT_EQ(scanned.parts.size(), 2U) << fitted.text;
  EXPECT_THAT(body_of(scanned, fitted.text, 1), HasSubstr("\n--b\nContent-Type: text/html\n"));
}

TEST(Channel, GapsAreKeptInQuotedPrintable) {
  std::string dense;
  for (int i = 0; i < 1000; ++i) dense += "\xC3\xA9";
  for (const std::string& text : {std::string(1200, 'x'), dense}) {
    const Fitted fitted =
        fit("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + text +
                "\r\nFor=20=\r\n<<m>>a=\r\n.\r\n",
            kSevenBit, "<<m>>");
    ASSERT_EQ(fitted.kind, Fitted::Kind::converted);
    expect_seven_bit(fitted.text);
    EXPECT_THAT(fitted.text, HasSubstr("\r\nFor=20=\r\n<<m>>a=\r\n."));
    EXPECT_EQ(body_of(scan(fitted.text), fitted.text, 0), text + "\nFor <<m>>a.\n");
  }
}

}  // namespace
}  // namespace majlis::mail
