#include "spool/job/points.h"
#include "base/unicode.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "mail/address.h"
#include "mail/coding/decode.h"
#include "spool/transport/copy.h"
#include "spool/transport/message_content.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

constexpr std::string_view kCrlf = "\r\n";

std::string value(PointKind kind, std::string_view address, std::string_view name = "") {
  return values_at({{0, kind}}, {address, name}, kCrlf).front();
}

// What a reader shows, without the line end that the text goes on with.
std::string shown(PointKind kind, std::string_view address, std::string_view name = "") {
  return mail::decode_quoted_printable(value(kind, address, name));
}

TEST(Points, AWordForEveryKindReadsBack) {
  for (const PointKind kind : {PointKind::text_address, PointKind::text_name, PointKind::text_url,
                               PointKind::header_mailbox, PointKind::header_url, PointKind::header_token}) {
    EXPECT_EQ(point_kind(word_for(kind)), kind);
  }
  EXPECT_FALSE(point_kind("text").has_value());
  EXPECT_FALSE(point_kind("").has_value());
}

TEST(Points, ValuesAreShownAsTheyAre) {
  EXPECT_EQ(shown(PointKind::text_address, "joe@example.org"), "joe@example.org");
  EXPECT_EQ(shown(PointKind::text_name, "joe@example.org", "Jos\xC3\xA9 = P."), "Jos\xC3\xA9 = P.");
  EXPECT_EQ(shown(PointKind::text_name, "joe@example.org"), "joe@example.org") << "without a name the address";
  EXPECT_EQ(shown(PointKind::text_url, "j+o%e@example.org"), "j%2Bo%25e%40example.org");
  EXPECT_EQ(value(PointKind::header_mailbox, "joe@example.org", "Joe P."), "\"Joe P.\" <joe@example.org>");
  EXPECT_EQ(value(PointKind::header_mailbox, "joe@example.org"), "joe@example.org");
  EXPECT_EQ(value(PointKind::header_mailbox, "joe@example.org", "Jos\xC3\xA9"),
            "=?UTF-8?Q?Jos=C3=A9?= <joe@example.org>");
}

TEST(Points, ATokenStandsBehindABlankAndOnlyWhereThereIsOne) {
  EXPECT_EQ(values_at({{0, PointKind::header_token}}, {"joe@example.org", "", "t0ken"}, kCrlf).front(), "%20t0ken");
  EXPECT_EQ(value(PointKind::header_token, "joe@example.org"), "");
}

TEST(Points, OnlyWhatAValueNeedsIsWanted) {
  EXPECT_EQ(wanted_at({{0, PointKind::text_address}, {1, PointKind::header_url}}), WordsWanted());
  EXPECT_EQ(wanted_at({{0, PointKind::text_name}}), (WordsWanted{.names = true}));
  EXPECT_EQ(wanted_at({{0, PointKind::header_token}, {1, PointKind::header_url}}), (WordsWanted{.tokens = true}));
}

// Names as a roster may hold them, for whatever reason.
std::vector<std::string> evil_names() {
  return {".\r\n",
          "\r\n.\r\nMAIL FROM:<evil@x>\r\n",
          "Joe\r\nBcc: all@example.org\r\n\r\nbuy",
          "Joe\nX: y",
          "Joe\rX: y",
          "--b--",
          "--b\r\n",
          "From Joe",
          "=?utf-8?q?=0D=0ABcc:_x?=",
          "\xFF\xFE\x80",
          "\xC3",
          std::string("nul\0in it", 9),
          "\" <evil@x>, \"",
          "Joe\\\" <evil@x>",
          "a\xE2\x80\xA8"
          "b\xC2\x85"
          "c",
          std::string(5000, 'x'),
          std::string(300, ' ') + "x",
          [] {
            std::string e;
            for (int i = 0; i < 300; ++i) e += "\xC3\xA9";
            return e;
          }(),
          "=\r\n=\r\n",
          "=20",
          "\t"};
}

TEST(Points, NoValueLeavesItsPlace) {
  for (const std::string& name : evil_names()) {
    for (const std::string& address : {std::string("joe@example.org"), std::string(".x\r\n.\r\n@y"),
                                       std::string("\xC3\xA4@example.org"), std::string(320, 'F'), name}) {
      for (const PointKind kind : {PointKind::text_address, PointKind::text_name, PointKind::text_url}) {
        const std::string text = value(kind, address, name);
        for (std::string_view rest(text); const auto line = next_line(rest);) {
          EXPECT_LE(line->size(), 75U);
          EXPECT_TRUE(line->empty() || line->find_first_of(".-F ") != 0) << *line;
          EXPECT_EQ(line->find_first_of(std::string_view("\r\0", 2)), std::string_view::npos);
          EXPECT_TRUE(rest.empty() || line->ends_with('=')) << *line;
        }
        EXPECT_TRUE(is_ascii(text));
        EXPECT_EQ(mail::decode_quoted_printable(text).find_first_of("\r\n"), std::string::npos);
        EXPECT_TRUE(is_valid_utf8(mail::decode_quoted_printable(text)));
      }
    }
    for (const PointKind kind : {PointKind::header_mailbox, PointKind::header_url}) {
      const std::string text = value(kind, "joe@example.org", name);
      EXPECT_FALSE(text.empty());
      bool is_first = true;
      for (std::string_view rest(text); const auto line = next_line(rest); is_first = false) {
        EXPECT_LE(line->size(), 500U);
        EXPECT_TRUE(is_first || line->starts_with(' ')) << *line;
        EXPECT_FALSE(trim(*line).empty());
      }
      EXPECT_TRUE(is_ascii(text));
    }
  }
}

TEST(Points, AMailboxIsThatOfTheMemberAlone) {
  for (const std::string& name : evil_names()) {
    const std::string body = value(PointKind::header_mailbox, "joe@example.org", name);
    const auto read = mail::parse_mailbox(body);
    ASSERT_TRUE(read.has_value()) << body;
    EXPECT_EQ(read->address.text(), "joe@example.org");
  }
}

TEST(Points, ALongUrlIsFoldedInsideItsBrackets) {
  std::string address;
  for (int i = 0; i < 150; ++i) address += "\xC3\xA4";
  const std::string body = value(PointKind::header_url, address);
  std::string whole;
  for (std::string_view rest(body); const auto line = next_line(rest);) {
    EXPECT_LE(line->size(), 401U);
    whole += trim(*line);
  }
  EXPECT_EQ(whole.size(), 6 * 150U);
}

TEST(Points, GoAlongWithATextThatChanges) {
  const Job job = SpoolSite::personal_job(1);
  MessageContent content(job.message, job.points, ContentForm::wire);
  const Wire& wire = content.wire({});
  ASSERT_EQ(wire.points.size(), job.points.size());
  ASSERT_NE(wire.text, wire.dotted);
  const PointMarks marks("<point>");
  EXPECT_EQ(file_form(marks.put_in(*wire.text, wire.points)), marks.put_in(job.message, job.points));
  EXPECT_EQ(*dotted_form(marks.put_in(*wire.text, wire.points)), marks.put_in(*wire.dotted, wire.dotted_points));
}

TEST(Points, StayWhereTheyAreWhenTheMessageIsConverted) {
  Job job = SpoolSite::personal_job(1);
  const std::size_t at = job.message.find("Subject");
  const std::string field = "Comments: k\xC3\xA4se\n";
  job.message.insert(at, field);
  for (Point& point : job.points) point.at += field.size();
  MessageContent content(job.message, job.points, ContentForm::wire);
  const Wire& as_it_is = content.wire({true, true});
  const Wire& wire = content.wire({});
  ASSERT_NE(wire.text, as_it_is.text);
  EXPECT_TRUE(are_points_safe(*wire.text, wire.points));
  const PointMarks marks("<point>");
  const std::string marked = marks.put_in(*wire.text, wire.points);
  EXPECT_NE(marked.find("To: <point>d\r\n"), std::string::npos) << marked;
  EXPECT_NE(marked.find("\n<point>b=\r\n"), std::string::npos) << marked;
}

// The text around the points need not be what its label says.
TEST(Points, StayInATextThatIsEncodedAnew) {
  for (const std::string& line : {std::string(5000, 'x'), std::string("raw \xC3\xA9 in qp"),
                                  std::string("=2E =c3=A9 \xC3\xA9"), std::string(998, '=') + "\xFF"}) {
    Job job = SpoolSite::personal_job(1);
    const std::size_t at = job.message.find(".hidden");
    job.message.insert(at, line + "\n");
    for (Point& point : job.points) point.at += point.at > at ? line.size() + 1 : 0;
    MessageContent content(job.message, job.points, ContentForm::wire);
    const Wire& wire = content.wire({});
    EXPECT_EQ(wire.refusal.status, "");
    EXPECT_TRUE(is_ascii(*wire.text));
    ASSERT_EQ(wire.points.size(), job.points.size()) << *wire.text;
    EXPECT_TRUE(are_points_safe(*wire.text, wire.points));
    const PointMarks marks("<point>");
    const std::string marked = marks.put_in(*wire.text, wire.points);
    EXPECT_TRUE(
        mail::decode_quoted_printable(marked).ends_with("\n.hidden $USER_NAME\nFor <point>b, <point>a\n<point>c\n"))
        << marked;
  }
}

// Nothing we write is so.
TEST(Points, OfATextThatCannotKeepThemAreLeftOutAndTheRestIsDelivered) {
  Job job = SpoolSite::personal_job(1);
  const std::string encoding = "quoted-printable";
  const std::size_t at = job.message.find(encoding);
  job.message.replace(at, encoding.size(), "base64");
  const std::string line(1200, 'x');
  job.message += line + "\n";
  for (Point& point : job.points) point.at -= point.at > at ? encoding.size() - 6 : 0;
  MessageContent content(job.message, job.points, ContentForm::wire);
  const Wire& wire = content.wire({});
  EXPECT_EQ(wire.refusal.status, "");
  ASSERT_EQ(wire.points.size(), 3U);
  EXPECT_EQ(wire.points[0].kind, PointKind::header_mailbox);
  EXPECT_EQ(wire.points[1].kind, PointKind::header_url);
  EXPECT_TRUE(are_points_safe(*wire.text, wire.points));
}

// A peer that is always a little behind: what it has taken is let go of all the same.
TEST(Copy, OctetsThatWereSentAreNotKept) {
  const std::vector<Point> points = {{3, PointKind::text_name}};
  const auto text = std::make_shared<const std::string>(std::string(1000, 'c'));
  const std::vector<std::string> values = {"Joe"};
  SendBuffer outgoing;
  std::array<iovec, SendBuffer::kPieces> pieces{};
  std::size_t most = 0;
  for (int i = 0; i < 1000; ++i) {
    send(outgoing, {text, points, values});
    if (i == 0) continue;
    outgoing.take_sent(1003);
    std::size_t kept = 0;
    const std::size_t count = outgoing.pieces(pieces);
    for (std::size_t piece = 0; piece < count; ++piece) kept += pieces[piece].iov_len;
    EXPECT_EQ(kept, 1003U);
    most = std::max(most, outgoing.octets_held());
  }
  EXPECT_LT(most, 200'000U);
}

// Every octet of a copy in order, whatever was sent ahead.
TEST(Copy, IsTheTextWithItsValuesWhereverItBegins) {
  const std::vector<Point> points = {{0, PointKind::text_name}, {2, PointKind::text_name}, {2, PointKind::text_name}};
  const auto text = std::make_shared<const std::string>(std::string("ab") + std::string(5000, 'c'));
  for (const std::vector<std::string>& values :
       {std::vector<std::string>{"1", "22", "333"}, std::vector<std::string>{"111", "2", "3"}}) {
    const Copy copy{text, points, values};
    const std::string whole = values[0] + "ab" + values[1] + values[2] + std::string(5000, 'c');
    EXPECT_EQ(octets_of(copy), whole.size());
    EXPECT_EQ(first_octet_of(copy), "1");
    for (std::size_t from = 0; from < 12; ++from) {
      SendBuffer outgoing;
      send(outgoing, copy, from);
      EXPECT_EQ(outgoing.added(), whole.size() - from);
      std::array<iovec, SendBuffer::kPieces> pieces{};
      std::string sent;
      const std::size_t count = outgoing.pieces(pieces);
      for (std::size_t i = 0; i < count; ++i) {
        sent.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
      }
      EXPECT_EQ(sent, whole.substr(from));
    }
  }
}

}  // namespace
}  // namespace majlis::spool
