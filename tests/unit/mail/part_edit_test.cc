#include "mail/part_edit.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

const std::string kMixed =
    "From: a@x.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
    "preamble\n--b\nContent-Type: text/plain\n\nfirst\n"
    "--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nPNG\n"
    "--b\n\nthird\n--b--\nepilogue\n";

std::string edited(const std::string& raw, const std::function<void(PartEdit&)>& change) {
  const Message message = Message::open(raw);
  PartEdit parts(message);
  change(parts);
  Edit edit(message);
  parts.write_to(edit);
  return edit.apply().bytes;
}

std::string without(const std::string& raw, const std::vector<std::size_t>& removed) {
  return edited(raw, [&](PartEdit& parts) {
    for (const std::size_t each : removed) parts.remove(each);
  });
}

std::string with_cr(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '\n' ? "\r\n" : std::string_view(&c, 1));
  return out;
}

TEST(PartEdit, WithoutChangesIsTheMessageItself) {
  EXPECT_EQ(without(kMixed, {}), kMixed);
  const Message message = Message::open(kMixed);
  PartEdit parts(message);
  EXPECT_TRUE(parts.is_empty());
  parts.remove(2);
  EXPECT_FALSE(parts.is_empty());
}

TEST(PartEdit, RemovesAPartWithItsDelimiterAndNothingElse) {
  EXPECT_EQ(without(kMixed, {2}),
            "From: a@x.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
            "preamble\n--b\nContent-Type: text/plain\n\nfirst\n--b\n\nthird\n--b--\nepilogue\n");
  EXPECT_EQ(without(kMixed, {1, 3}),
            "From: a@x.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
            "preamble\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nPNG\n--b--\n"
            "epilogue\n");
}

TEST(PartEdit, PutsAPartBeforeAnother) {
  const auto put = [](PartEdit& parts) {
    parts.put_before(1, "X: y\r\n\r\nnote\r\n");
    parts.remove(2);
  };
  const std::string expected =
      "From: a@x.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
      "preamble\n--b\nX: y\n\nnote\n--b\nContent-Type: text/plain\n\nfirst\n--b\n\nthird\n--b--\nepilogue\n";
  EXPECT_EQ(edited(kMixed, put), expected);
  EXPECT_EQ(edited(with_cr(kMixed), put), with_cr(expected));
  // Of a part that goes it stays, and so does its multipart.
  EXPECT_EQ(edited("Content-Type: multipart/mixed; boundary=b\n\n--b\n\ngone\n--b--\n",
                   [](PartEdit& parts) {
                     parts.put_before(1, "\r\nnote");
                     parts.remove(1);
                   }),
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnote\n--b--\n");
}

TEST(PartEdit, ReplacesAPartInTheMessagesLineEnds) {
  const auto replace = [](PartEdit& parts) { parts.replace(2, part_in_utf8("text/plain", "gone\n")); };
  const std::string expected =
      "From: a@x.org\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
      "preamble\n--b\nContent-Type: text/plain\n\nfirst\n"
      "--b\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\ngone\n"
      "--b\n\nthird\n--b--\nepilogue\n";
  EXPECT_EQ(edited(kMixed, replace), expected);
  EXPECT_EQ(edited(with_cr(kMixed), replace), with_cr(expected));
}

TEST(PartEdit, KeepsPartsApartThatHaveNoLineEndOfTheirOwn) {
  const std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n--b\nX: y\n\n--b\n\nz\n--b--\n";
  for (std::size_t part = 1; part <= 4; ++part) {
    const std::string replaced =
        edited(raw, [&](PartEdit& parts) { parts.replace(part, part_in_utf8("text/plain", "note\n")); });
    const Message message = Message::open(replaced);
    EXPECT_FALSE(message.scan().is_ambiguous()) << replaced;
    ASSERT_EQ(message.scan().parts.size(), 5U) << replaced;
    EXPECT_EQ(message.scan().parts[part].charset, "utf-8") << replaced;
    const Message left = Message::open(without(raw, {part}));
    EXPECT_FALSE(left.scan().is_ambiguous()) << left.bytes();
    EXPECT_EQ(left.scan().parts.size(), 4U) << left.bytes();
  }
}

TEST(PartEdit, LeavesNoEmptyMultipart) {
  const std::string raw =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n"
      "--b\nContent-Type: multipart/related; boundary=c\n\n--c\n\none\n--c\n\ntwo\n--c--\n--b--\n";
  EXPECT_EQ(without(raw, {3, 4}), "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b--\n");
  EXPECT_EQ(without(raw, {1, 3, 4}),
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: quoted-printable\n\n");
}

TEST(PartEdit, KeepsTheFieldsOfAMessageThatDoNotSpeakOfItsContent) {
  const auto replace = [](PartEdit& parts) { parts.replace(0, part_in_utf8("text/plain", "gone\n")); };
  EXPECT_EQ(edited("From: a@x.org\nContent-Type: image/png\nMIME-Version: 1.0\nContent-MD5: x\nLines: 3\nX: y\n\nPNG\n",
                   replace),
            "From: a@x.org\nMIME-Version: 1.0\nX: y\nContent-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: quoted-printable\n\ngone\n");
  EXPECT_EQ(edited("From: a@x.org", replace),
            "From: a@x.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: quoted-printable\n\ngone\n");
}

TEST(PartEdit, ReplacesAMessageInsideAnother) {
  const std::string raw =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: message/rfc822\n\n"
      "Subject: inner\nContent-Type: image/png\n\nPNG\n--b--\n";
  EXPECT_EQ(edited(raw, [](PartEdit& parts) { parts.replace(3, part_in_utf8("text/plain", "gone\n")); }),
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: message/rfc822\n\n"
            "Subject: inner\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: quoted-printable\n\ngone\n--b--\n");
  EXPECT_EQ(without(raw, {3}), "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b--\n");
}

TEST(PartEdit, APartInsideAChangedOneGoesWithIt) {
  const std::string raw =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n"
      "--b\nContent-Type: multipart/related; boundary=c\n\n--c\n\none\n--c--\n--b--\n";
  const std::string replaced = edited(raw, [](PartEdit& parts) {
    parts.replace(3, part_in_utf8("text/plain", "inner\n"));
    parts.replace(2, part_in_utf8("text/plain", "outer\n"));
  });
  EXPECT_EQ(replaced.find("inner"), std::string::npos);
  EXPECT_NE(replaced.find("outer"), std::string::npos);
}

TEST(PartEdit, WritesOctetsInThePartsOwnEncoding) {
  const auto replace = [](PartEdit& parts) { parts.replace_octets(0, "caf\xe9\n--b\n"); };
  EXPECT_EQ(edited("Content-Type: text/plain; charset=latin1\nContent-MD5: x\n"
                   "Content-Transfer-Encoding: quoted-printable\n\nold\n",
                   replace),
            "Content-Type: text/plain; charset=latin1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9\n=2D-b\n");
  EXPECT_EQ(edited("Content-Transfer-Encoding: base64\n\nb2xk\n", replace),
            "Content-Transfer-Encoding: base64\n\nY2Fm6QotLWIK\n");
}

TEST(PartEdit, APartInUtf8HasNoLineThatIsADelimiter) {
  EXPECT_EQ(part_in_utf8("text/html", "--b\n\xff\n"),
            "Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            "=2D-b\r\n=EF=BF=BD\r\n");
}

}  // namespace
}  // namespace majlis::mail
