#include "mail/scan/scan.h"

#include <algorithm>
#include <ctime>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string with_type(const std::string& content_type, const std::string& body) {
  return "From: a@example.org\nContent-Type: " + content_type + "\n\n" + body;
}

std::string body_of(std::string_view raw, const Part& part) {
  return std::string(raw.substr(part.body_begin, part.body_end - part.body_begin));
}

std::vector<std::string> tree_of(const Scan& scan) {
  std::vector<std::string> tree;
  for (const Part& part : scan.parts) tree.push_back(std::to_string(part.depth) + " " + part.type);
  return tree;
}

constexpr std::string_view kTwoParts =
    "--b\nContent-Type: text/plain; charset=UTF-8\n\nhello\n--b\nContent-Type: text/html\n\n<p>hello\n--b--\n";

TEST(Scan, ReadsAnEmptyStringAsOneEmptyPart) {
  const Scan scan = mail::scan({});
  ASSERT_EQ(scan.parts.size(), 1U);
  EXPECT_EQ(scan.parts[0].type, "text/plain");
  EXPECT_EQ(scan.parts[0].body_end, 0U);
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

TEST(Scan, FindsFieldsWithTheirOffsets) {
  const std::string raw = "Subject: one\r\n two\r\nX-Y:z\r\n\r\nbody\r\n";
  const Scan scan = mail::scan(raw);
  ASSERT_EQ(scan.parts[0].fields.size(), 2U);
  const Field& subject = scan.parts[0].fields[0];
  EXPECT_EQ(subject.name, "Subject");
  EXPECT_EQ(raw.substr(subject.begin, subject.end - subject.begin), "Subject: one\r\n two\r\n");
  EXPECT_EQ(raw.substr(subject.body_begin, subject.body_end - subject.body_begin), " one\r\n two");
  EXPECT_EQ(body_of(raw, scan.parts[0]), "body\r\n");
  EXPECT_TRUE(scan.crlf);
  EXPECT_EQ(scan.longest_line, 12U);
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

TEST(Scan, SplitsAMultipartAndLeavesTheDelimitersLineEndOut) {
  const std::string raw = with_type("multipart/mixed; boundary=b", std::string(kTwoParts));
  const Scan scan = mail::scan(raw);
  EXPECT_THAT(tree_of(scan), ElementsAre("0 multipart/mixed", "1 text/plain", "1 text/html"));
  EXPECT_EQ(body_of(raw, scan.parts[1]), "hello");
  EXPECT_EQ(body_of(raw, scan.parts[2]), "<p>hello");
  EXPECT_EQ(scan.parts[1].charset, "utf-8");
  EXPECT_EQ(scan.parts[1].parent, 0);
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

TEST(Scan, MakesTheHeaderOfAnAttachedMessageAPart) {
  const std::string raw = with_type("message/rfc822", "Subject: inner\nContent-Type: text/html\n\n<p>\n");
  const Scan scan = mail::scan(raw);
  EXPECT_THAT(tree_of(scan), ElementsAre("0 message/rfc822", "1 text/html"));
  EXPECT_EQ(scan.parts[1].fields[0].name, "Subject");
}

TEST(Scan, TakesDigestPartsForMessages) {
  const Scan scan = mail::scan(with_type("multipart/digest; boundary=d", "--d\n\nSubject: x\n\nhi\n--d--\n"));
  EXPECT_THAT(tree_of(scan), ElementsAre("0 multipart/digest", "1 message/rfc822", "2 text/plain"));
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

TEST(Scan, ReadsQuotedCommentedAndContinuedBoundaries) {
  for (const std::string type : {"multipart/mixed; boundary=\"b\"", "multipart/mixed; (x;y) boundary=b (z)",
                                 "multipart/mixed; boundary*0=; boundary*1=b", "MULTIPART/Mixed;\n\tBOUNDARY = b ;"}) {
    EXPECT_EQ(mail::scan(with_type(type, std::string(kTwoParts))).parts.size(), 3U) << type;
  }
  const Scan quoted = mail::scan(with_type("multipart/mixed; boundary=\"b:b\"", "--b:b\n\nx\n--b:b--\n"));
  EXPECT_EQ(quoted.parts.size(), 2U);
  EXPECT_THAT(quoted.ambiguities, IsEmpty());
}

TEST(Scan, AllowsBlanksBehindADelimiter) {
  const Scan scan = mail::scan(with_type("multipart/mixed; boundary=b", "--b \t\n\nx\n--b--  \n"));
  EXPECT_EQ(scan.parts.size(), 2U);
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

TEST(Scan, DoesNotMindLongLinesOrEightBitText) {
  const Scan scan = mail::scan("Subject: \xC3\xA9\n\n" + std::string(5000, 'x'));
  EXPECT_TRUE(scan.has_eight_bit);
  EXPECT_FALSE(scan.has_nul);
  EXPECT_EQ(scan.longest_line, 5000U);
  EXPECT_THAT(scan.ambiguities, IsEmpty());
}

struct Case {
  Ambiguity ambiguity;
  std::string raw;
};

std::vector<Case> cases() {
  using enum Ambiguity;
  const std::string mixed = "multipart/mixed; boundary=b";
  const std::string two(kTwoParts);
  return {
      {nul_in_header, std::string("Subject: a\0b\n\nx", 15)},
      {bare_cr_in_header, "Subject: a\rBcc: e@x\r\n\r\nx"},
      {line_without_colon, "Subject: a\nno field\nX: y\n\nx"},
      {blank_before_colon, "Subject : a\n\nx"},
      {eight_bit_field_name, "Subj\xC3\xA9t: a\n\nx"},
      {leading_continuation, " folded\nSubject: a\n\nx"},
      {repeated_field, "From: a@x.org\nfrom: b@x.org\n\nx"},
      {repeated_field, "Content-Type: text/plain\nContent-Type: text/html\n\nx"},
      {repeated_field, with_type(mixed, "--b\nContent-ID: <1>\nContent-ID: <2>\n\nx\n--b--\n")},
      {repeated_reply_to, "Reply-To: a@x.org\nReply-To: b@x.org\n\nx"},
      {repeated_parameter, with_type("multipart/mixed; boundary=b; boundary=c", two)},
      {repeated_parameter, with_type("text/plain; name=a; name*=utf-8''b", "x")},
      {repeated_parameter, with_type("text/plain; name=a; name*0=b", "x")},
      {repeated_parameter, with_type("multipart/mixed; (;boundary=c) boundary=b", two)},
      {bad_boundary, with_type("multipart/mixed", two)},
      {bad_boundary, with_type("multipart/mixed; boundary=\"\"", two)},
      {bad_boundary, with_type("multipart/mixed; boundary=\"b \"", two)},
      {bad_boundary, with_type("multipart/mixed; boundary=" + std::string(71, 'b'), two)},
      {bad_boundary, with_type("multipart/mixed; boundary=\"b\x01\"", two)},
      {bad_boundary, with_type("multipart/mixed; boundary=b c", two)},
      {bad_boundary, with_type("multipart/mixed; boundary=\"b\n c\"", "--b c\n\nx\n--b c--\n")},
      {boundary_never_found, with_type("multipart/mixed; boundary=z", "text\n")},
      {boundary_not_closed, with_type(mixed, "--b\n\nx\n")},
      {boundary_not_closed,
       with_type(mixed, "--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nx\n--b\n\nimage\n--b--\n")},
      {boundary_prefix, with_type(mixed, "--bx\n\nx\n--b--\n")},
      {boundary_prefix,
       with_type(mixed, "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\nx\n--bb--\n--b--\n")},
      {text_outside_parts, with_type(mixed, "Content-Type: text/html\n" + two)},
      {text_outside_parts, with_type(mixed, two + "--b\n\nhidden\n--b--\n")},
      {text_outside_parts, with_type(mixed, "--other\n" + two)},
      {encoded_composite, with_type(mixed + "\nContent-Transfer-Encoding: base64", two)},
      {encoded_composite, with_type("message/rfc822\nContent-Transfer-Encoding: quoted-printable", "A: b\n\nx")},
      {unknown_encoding, "Content-Transfer-Encoding: x-uuencode\n\nx"},
      {unknown_encoding, "Content-Transfer-Encoding: base64;\n\nx"},
      {comment_in_type, with_type("(c) " + mixed, two)},
      {comment_in_type, with_type("multipart / mixed; boundary=b", two)},
      {too_deep, repeat("Content-Type: message/rfc822\n\n", 40)},
      {too_many_parts, with_type(mixed, repeat("--b\n\n", 1500))},
      {too_many_parts, with_type(mixed, repeat("--bx\n\n", 1500))},
      {too_many_fields, repeat("X:\n", 2001) + "\nx"},
      {field_too_long, "Subject: " + std::string(70'000, 'x') + "\n\nx"},
      {header_too_long, repeat("X: " + std::string(900, 'x') + "\n", 400) + "\nx"},
      {too_many_parameters, with_type("text/plain" + repeat("; a=b", 60), "x")},
  };
}

TEST(Scan, NotesEachAmbiguity) {
  std::vector<bool> tried(static_cast<std::size_t>(Ambiguity::too_many_parameters) + 1);
  for (const Case& c : cases()) {
    const Scan scan = mail::scan(c.raw);
    EXPECT_TRUE(scan.has(c.ambiguity)) << word_for(c.ambiguity) << " in " << c.raw.substr(0, 300);
    tried[static_cast<std::size_t>(c.ambiguity)] = true;
  }
  EXPECT_EQ(std::count(tried.begin(), tried.end(), false), 0);
}

TEST(Scan, EndsTheHeaderAtALineThatIsNone) {
  const std::string raw = "Subject: a\nplain text\nX: y\n\nx";
  EXPECT_EQ(body_of(raw, mail::scan(raw).parts[0]), "plain text\nX: y\n\nx");
}

TEST(Scan, DoesNotLookIntoAnEncodedMessage) {
  const Scan scan = mail::scan(with_type("message/rfc822\nContent-Transfer-Encoding: base64", "QTogYg==\n"));
  EXPECT_EQ(scan.parts.size(), 1U);
}

TEST(Scan, KeepsWhatFollowsAnUnclosedInnerMultipart) {
  const Scan scan = mail::scan(with_type(
      "multipart/mixed; boundary=b",
      "--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\nx\n--b\nContent-Type: image/png\n\nP\n--b--\n"));
  EXPECT_THAT(tree_of(scan), ElementsAre("0 multipart/mixed", "1 multipart/mixed", "2 text/plain", "1 image/png"));
}

TEST(Scan, SeesADelimiterRightBehindAnother) {
  const std::string raw = with_type("multipart/mixed; boundary=b", "--b\n--b\nContent-Type: text/html\n--b--\n");
  const Scan scan = mail::scan(raw);
  EXPECT_THAT(tree_of(scan), ElementsAre("0 multipart/mixed", "1 text/plain", "1 text/html"));
  EXPECT_EQ(body_of(raw, scan.parts[2]), "");
}

TEST(Scan, StaysWithinEveryCeiling) {
  const ScanLimits limits{.max_fields = 3, .max_depth = 2, .max_parts = 4};
  const Scan deep = mail::scan(repeat("Content-Type: message/rfc822\n\n", 10), limits);
  EXPECT_EQ(deep.parts.size(), 3U);
  const Scan wide = mail::scan(with_type("multipart/mixed; boundary=b", repeat("--b\n\n", 20)), limits);
  EXPECT_EQ(wide.parts.size(), 4U);
  const std::string raw = repeat("X: y\n", 10) + "\nbody";
  const Scan fields = mail::scan(raw, limits);
  EXPECT_EQ(fields.parts[0].fields.size(), 3U);
  EXPECT_EQ(body_of(raw, fields.parts[0]), "body");
}

// The inputs that took minutes or gigabytes elsewhere, at ten megabytes, the largest message Postfix
// takes by default. The bound is generous because machines and builds differ; a quadratic scan would take hours.
TEST(Scan, TakesLinearTimeOverHostileBytes) {
  constexpr std::size_t kSize = 10'000'000;
  std::string nested;
  for (int i = 0; i < 30; ++i) {
    const std::string boundary = "aaaaaaaa" + std::to_string(100 + i);
    nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  const std::vector<std::pair<const char*, std::string>> inputs = {
      {"line ends", std::string(kSize, '\n')},
      {"one line", "\n" + std::string(kSize, 'x')},
      {"one header line", std::string(kSize, 'x')},
      {"one field", "X:" + std::string(kSize, 'x')},
      {"NUL", std::string(kSize, '\0')},
      {"carriage returns", std::string(kSize, '\r')},
      {"fields", repeat("X:\n", kSize / 3)},
      {"folds", "X:\n" + repeat(" \n", kSize / 2)},
      {"empty parts", with_type("multipart/mixed; boundary=b", repeat("--b\n\n", kSize / 5))},
      {"nested messages", repeat("Content-Type:message/rfc822\n\n", kSize / 29)},
      {"dashes in thirty multiparts", nested + "\n" + repeat("--\n", kSize / 3)},
      {"near delimiters in thirty multiparts", nested + "\n" + repeat("--aaaaaaaaz\n", kSize / 12)},
      {"delimiters that go on", nested + "\n" + repeat("--aaaaaaaa100z\n", kSize / 15)},
      {"dashes against a dashed boundary", with_type("multipart/mixed; boundary=a" + std::string(69, '-'),
                                                     repeat("--a" + std::string(60, '-') + "\n", kSize / 64))},
      {"parameters", with_type("text/plain" + repeat(";name=a", kSize / 7), "x")},
      {"open comments", with_type("text/plain; name=" + std::string(60'000, '('), "x")},
      {"blanks", with_type("text/plain;" + std::string(60'000, ' ') + repeat("; ", 1000), "x")},
  };
  for (const auto& [what, raw] : inputs) {
    const std::clock_t start = std::clock();
    const Scan scan = mail::scan(raw);
    const double took_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_LE(scan.parts.size(), 1000U) << what;
    EXPECT_LT(took_s, 5.0) << what;
  }
}

TEST(Scan, NamesEveryAmbiguityInOneWord) {
  EXPECT_STREQ(word_for(Ambiguity::nul_in_header), "nul_in_header");
  EXPECT_STREQ(word_for(Ambiguity::comment_in_type), "comment_in_type");
  EXPECT_STREQ(word_for(Ambiguity::too_many_parameters), "too_many_parameters");
}

}  // namespace
}  // namespace majlis::mail
