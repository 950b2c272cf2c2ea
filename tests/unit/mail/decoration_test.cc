#include "mail/decoration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "mail/coding/decode.h"
#include "mail/scan/structure.h"

namespace majlis::mail {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Decoration kBoth = {"Welcome!\n", "--\nLeave: cooks-unsubscribe@lists.example.org\n"};
const Decoration kFrench = {"", "\xC3\xA0 bient\xC3\xB4t\n"};

struct Result {
  Decorated how;
  std::string bytes;
  Scan scan;
};

Result decorated(const std::string& raw, const Decoration& decoration = kBoth) {
  const Message message = Message::open(raw);
  Edit edit(message);
  const Decorated how = decorate(message, decoration, edit);
  std::string bytes = edit.apply().bytes;
  Scan scanned = scan(bytes);
  return {how, std::move(bytes), std::move(scanned)};
}

// Whoever reads the result sees the same parts.
void expect_sound(const Result& result) {
  EXPECT_FALSE(result.scan.is_ambiguous()) << word_for(result.scan.ambiguities.front()) << "\n" << result.bytes;
  const auto opinion = compare_with_mimetic(result.bytes, result.scan);
  ASSERT_TRUE(opinion.ok());
  EXPECT_EQ(opinion->opinion, Opinion::agrees) << opinion->why << "\n" << result.bytes;
}

std::string body_of(const Result& result, std::size_t part) {
  const Part& found = result.scan.parts.at(part);
  return result.bytes.substr(found.body_begin, found.body_end - found.body_begin);
}

TEST(Decoration, StandsAtTheBeginningAndTheEndOfOnePlainText) {
  const Result result = decorated("Subject: x\r\n\r\nRice.\r\n-- \r\nAnn\r\n");
  EXPECT_EQ(result.how, Decorated::in_text);
  EXPECT_EQ(
      result.bytes,
      "Subject: x\r\n\r\nWelcome!\r\nRice.\r\n-- \r\nAnn\r\n--\r\nLeave: cooks-unsubscribe@lists.example.org\r\n");
}

// RFC 3676: what our words look like to a reader that lets the text flow.
TEST(Decoration, DoesNotFlowIntoTheText) {
  const auto read = [](const std::string& fields, const std::string& text, const Decoration& decoration) {
    const Result result = decorated(fields + "\n\n" + text, decoration);
    EXPECT_EQ(result.how, Decorated::in_text);
    return Message::open(result.bytes).written_text(10'000).value_or("");
  };
  const Decoration ours = {"> no quote\nFrom us \n", "________\n indented\n-- \nCooks\n"};
  const std::string flowed = "Content-Type: text/plain; format=flowed";
  const std::string encoded = "\nContent-Transfer-Encoding: quoted-printable";
  const std::string expected = "> no quote\nFrom us\nsee https://example.com/";
  EXPECT_EQ(read(flowed, "see \nhttps://example.com/ \n", ours), expected + " \n________\n indented\n-- \nCooks\n");
  EXPECT_EQ(read(flowed + "; delsp=yes" + encoded, "see=20=20\nhttps://example.com/=20\n", ours),
            expected + "\n________\n indented\n-- \nCooks\n");
  EXPECT_EQ(read(flowed, "see \nhttps://example.com/\n", ours), expected + "\n________\n indented\n-- \nCooks\n");
  EXPECT_THAT(decorated(flowed + "\n\nx\n", ours).bytes, HasSubstr("\n > no quote\n From us\nx\n"));
  EXPECT_THAT(decorated("Content-Type: text/plain\n\nx\n", ours).bytes, HasSubstr("\n> no quote\nFrom us \nx\n"));
}

TEST(Decoration, KeepsTheLineEndsOfTheMessage) {
  EXPECT_EQ(decorated("Subject: x\n\nRice.\n", {"", "Bye.\n"}).bytes, "Subject: x\n\nRice.\nBye.\n");
  EXPECT_EQ(decorated("Subject: x\n\nRice.", {"", "Bye.\n"}).bytes, "Subject: x\n\nRice.\nBye.\n");
  EXPECT_EQ(decorated("Subject: x\n\n", {"", "Bye.\n"}).bytes, "Subject: x\n\nBye.\n");
  EXPECT_EQ(decorated("Subject: x\n", {"", "Bye.\n"}).bytes, "Subject: x\n\nBye.\n");
  EXPECT_EQ(decorated("Subject: x", {"Hi.\n", "Bye.\n"}).bytes, "Subject: x\n\nHi.\nBye.\n");
}

TEST(Decoration, IsEncodedAsTheTextIs) {
  const std::string head = "MIME-Version: 1.0\nContent-Type: text/plain; charset=";
  const Result quoted =
      decorated(head + "utf-8\nContent-Transfer-Encoding: quoted-printable\n\nRiz =C3=A0 l=\n'eau\n", kFrench);
  EXPECT_EQ(quoted.how, Decorated::in_text);
  EXPECT_THAT(quoted.bytes, HasSubstr("\nRiz =C3=A0 l=\n'eau\n=C3=A0 bient=C3=B4t\n"));
  const Result soft_end = decorated(head + "utf-8\nContent-Transfer-Encoding: quoted-printable\n\nRice=\n", kFrench);
  EXPECT_EQ(decode_quoted_printable(body_of(soft_end, 0)), "Rice\n\xC3\xA0 bient\xC3\xB4t\n");
  const Result latin = decorated(head + "iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nRiz \xE0 l'eau\n", kFrench);
  EXPECT_EQ(latin.how, Decorated::in_text);
  EXPECT_THAT(latin.bytes, HasSubstr("Riz \xE0 l'eau\n\xE0 bient\xF4t\n"));
}

TEST(Decoration, GetsAPartOfItsOwnWhereTheTextCannotTakeIt) {
  for (const std::string head :
       {"Content-Type: text/plain; charset=us-ascii\n", "Content-Type: text/plain; charset=koi8-r\n", "",
        "Content-Type: text/plain; charset=iso-2022-jp\n", "Content-Type: text/plain; charset=utf-16\n"}) {
    const Result result = decorated("Subject: x\nMIME-Version: 1.0\n" + head + "\nRice.\n", kFrench);
    EXPECT_EQ(result.how, Decorated::wrapped) << head;
    expect_sound(result);
    EXPECT_EQ(body_of(result, 1), "Rice.\n") << head;
    EXPECT_THAT(result.bytes, HasSubstr(head + "\nRice.\n\n--"));
  }
}

TEST(Decoration, BecomesPartsOfAMixedMessage) {
  const std::string raw =
      "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n\none\n--b\n"
      "Content-Type: multipart/alternative; boundary=c\n\n--c\n\ntwo\n--c--\n--b--\nepilogue\n";
  const Result result = decorated(raw);
  EXPECT_EQ(result.how, Decorated::as_parts);
  expect_sound(result);
  EXPECT_EQ(body_of(result, 1), "Welcome!");
  EXPECT_EQ(body_of(result, 2), "one");
  EXPECT_EQ(result.scan.parts.size(), 6U);
  EXPECT_EQ(body_of(result, 5), "--\nLeave: cooks-unsubscribe@lists.example.org");
  EXPECT_THAT(result.bytes, HasSubstr("--b--\nepilogue\n"));
}

TEST(Decoration, OfAMixedMessageWithAnEmptyLastPart) {
  const Result result = decorated(
      "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b--\r\n");
  EXPECT_EQ(result.how, Decorated::as_parts);
  expect_sound(result);
  EXPECT_EQ(result.scan.parts.size(), 4U);
}

TEST(Decoration, CannotBeTakenForADelimiter) {
  const Decoration hostile = {"", "--b\nX: y\n\n--b--\n"};
  const Result result = decorated(
      "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n", hostile);
  EXPECT_EQ(result.how, Decorated::as_parts);
  expect_sound(result);
  ASSERT_EQ(result.scan.parts.size(), 3U);
  EXPECT_EQ(decode_transfer(body_of(result, 2), result.scan.parts[2].encoding), "--b\r\nX: y\r\n\r\n--b--\r\n");
}

TEST(Decoration, LeavesASignedMessageByteForByteInside) {
  const std::string type = "Content-Type: multipart/signed; boundary=s; protocol=\"application/pgp-signature\"\r\n";
  const std::string body =
      "--s\r\nContent-Type: text/plain\r\n\r\nRice.\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\nxyz\r\n"
      "--s--\r\n";
  const Result result = decorated("Subject: x\r\nMIME-Version: 1.0\r\n" + type + "\r\n" + body);
  EXPECT_EQ(result.how, Decorated::wrapped);
  expect_sound(result);
  EXPECT_THAT(result.bytes, HasSubstr(type + "\r\n" + body));
  EXPECT_EQ(result.scan.parts.front().type, "multipart/mixed");
}

TEST(Decoration, WrapsWhatIsNoPlainText) {
  for (const std::string type :
       {"Content-Type: text/html\n", "Content-Type: multipart/alternative; boundary=a\n",
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", "Content-Type: text/plain; name=rice.patch\n",
        "Content-Type: text/plain\nContent-Disposition: attachment\n",
        "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"}) {
    const Result result = decorated("From: a@x.org\nMIME-Version: 1.0\n" + type + "\n--a\n\nUmljZQ==\n--a--\n");
    EXPECT_EQ(result.how, Decorated::wrapped) << type;
    EXPECT_THAT(result.bytes, HasSubstr("\n" + type + "\n--a\n\nUmljZQ==\n--a--\n")) << type;
    EXPECT_EQ(result.scan.parts.front().type, "multipart/mixed") << type;
    EXPECT_EQ(result.scan.parts.at(1).type, "text/plain") << type;
  }
}

TEST(Decoration, ChoosesABoundaryThatStandsNowhere) {
  const std::string raw = "Message-ID: <a@x.org>\nMIME-Version: 1.0\nContent-Type: text/html\n\nRice.\n";
  const Result first = decorated(raw);
  const std::string taken = first.scan.parts.front().boundary;
  ASSERT_FALSE(taken.empty());
  const Result second = decorated(raw + "--" + taken + "--\n");
  EXPECT_EQ(second.how, Decorated::wrapped);
  EXPECT_NE(second.scan.parts.front().boundary, taken);
  expect_sound(second);
  EXPECT_THAT(body_of(second, 2), HasSubstr("--" + taken + "--\n"));
}

TEST(Decoration, LeavesAloneWhatReadersReadDifferently) {
  for (const std::string raw :
       {"Content-Type: message/partial; id=x; number=1; total=2\n\nRice.\n",
        "Content-Type: message/external-body; access-type=local-file\n\nContent-Type: text/plain\n\n",
        "Content-Type: text/plain\nContent-Type: text/html\n\nRice.\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed\n", "no header at all\n",
        "Content-Type: multipart/alternative; boundary=\"=\"\n\n--=\n\nRice.\n--=--\n"}) {
    const Result result = decorated("MIME-Version: 1.0\n" + raw);
    EXPECT_EQ(result.how, Decorated::nothing) << raw;
    EXPECT_EQ(result.bytes, "MIME-Version: 1.0\n" + raw);
  }
}

TEST(Decoration, TakesAwayFieldsThatCountOctets) {
  const Result result = decorated("Content-MD5: Q2hlY2s=\nContent-Length: 6\nLines: 1\nSubject: x\n\nRice.\n");
  EXPECT_THAT(result.bytes, StartsWith("Subject: x\n\nWelcome!\n"));
}

TEST(Decoration, OfNothingChangesNothing) {
  const std::string raw = "Content-Length: 6\nSubject: x\n\nRice.\n";
  EXPECT_EQ(decorated(raw, {}).bytes, raw);
}

// Every message of the corpus: what could be read in one way only can be so afterwards, and the author's octets are
// all there.
TEST(Decoration, KeepsRealMailSound) {
  const std::string corpus = std::string(MAJLIS_CORPUS_DIR);
  if (!std::filesystem::exists(corpus + "/list")) GTEST_SKIP() << "no test corpus at " << corpus;
  std::size_t counts[4] = {};
  for (const char* folder : {"/list", "/mime"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus + folder)) {
      if (entry.path().extension() != ".eml") continue;
      const auto raw = read_file(entry.path(), 8'000'000);
      ASSERT_TRUE(raw.ok());
      const Message message = Message::open(*raw);
      const Result result = decorated(std::string(message.bytes()));
      ++counts[static_cast<std::size_t>(result.how)];
      if (result.how == Decorated::nothing) {
        EXPECT_EQ(result.bytes, message.bytes()) << entry.path();
        continue;
      }
      EXPECT_FALSE(result.scan.is_ambiguous()) << entry.path() << ": " << word_for(result.scan.ambiguities.front());
      if (result.how != Decorated::as_parts) {
        EXPECT_NE(result.bytes.find(message.body()), std::string::npos) << entry.path();
      }
    }
  }
  RecordProperty("left", std::to_string(counts[0]) + ", in text " + std::to_string(counts[1]) + ", as parts " +
                             std::to_string(counts[2]) + ", wrapped " + std::to_string(counts[3]));
  EXPECT_GT(counts[1], 100U);
  EXPECT_GT(counts[2], 10U);
  EXPECT_GT(counts[3], 10U);
}

}  // namespace
}  // namespace majlis::mail
