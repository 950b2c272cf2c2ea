#include "spool/job/points.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "mail/address.h"
#include "mail/coding/encoded_words.h"
#include "mail/coding/quoted_printable.h"
#include "mail/composer.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kEncodedColumns = 72;     // with an escape and "=" within RFC 2045's 76
constexpr std::size_t kMaxNameOctets = 256;     // of UTF-8
constexpr std::size_t kUrlOctetsPerLine = 400;  // in a header field; blanks inside <URL> do not count (RFC 2369 2)

enum class Place { text, header };

struct Kind {
  PointKind kind;
  std::string_view word;
  Place place;
  WordsWanted needs = {};
};

constexpr std::array kKinds = {
    Kind{PointKind::text_address, "text-address", Place::text},
    Kind{PointKind::text_name, "text-name", Place::text, {.names = true}},
    Kind{PointKind::text_url, "text-url", Place::text},
    Kind{PointKind::header_mailbox, "header-mailbox", Place::header, {.names = true}},
    Kind{PointKind::header_url, "header-url", Place::header},
    Kind{PointKind::header_token, "header-token", Place::header, {.tokens = true}},
};

const Kind& row_of(PointKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Quoted-printable in which nothing at the start of a line means anything to anybody: no dot, no delimiter, no "From ".
std::string encode_for_lines(std::string_view text, std::string_view line_end) {
  std::string out;
  std::size_t column = 0;
  for (const char c : text) {
    if (column >= kEncodedColumns) {
      out.append("=").append(line_end);
      column = 0;
    }
    const bool is_plain =
        is_letter_or_digit(c) || (column > 0 && c > ' ' && c <= '~' && c != '=') || (column > 0 && c == ' ');
    const bool may_stand = is_plain && (column > 0 || c != 'F');
    const std::size_t before = out.size();
    out += may_stand ? std::string(1, c) : mail::escape_octet(c);
    column += out.size() - before;
  }
  return out;
}

// RFC 3986: what is not unreserved is %XX.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool is_unreserved = is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_unreserved) {
      out += c;
    } else {
      out.append("%").append(1, kDigits[octet >> 4U]).append(1, kDigits[octet & 15U]);
    }
  }
  return out;
}

std::string in_lines(std::string_view url, std::string_view line_end) {
  std::string out;
  for (; url.size() > kUrlOctetsPerLine; url.remove_prefix(kUrlOctetsPerLine)) {
    out.append(url.substr(0, kUrlOctetsPerLine)).append(line_end).append(" ");
  }
  return out += url;
}

// One line of valid UTF-8, whatever a roster says.
std::string name_line(std::string_view name) {
  const std::string line = mail::one_line(name.substr(0, 4 * kMaxNameOctets));
  return std::string(utf8_prefix(line, kMaxNameOctets));
}

std::string name_of(const Addressee& who) {
  const std::string line = name_line(who.name);
  return line.empty() ? mail::one_line(who.address) : line;
}

// The body of a To field, folded. An address that our own parser does not take is shown as an encoded word.
std::string mailbox_of(const Addressee& who, std::string_view line_end) {
  const std::optional<mail::Address> address = mail::Address::parse(who.address);
  const std::string body =
      address ? mail::display_mailbox(name_line(who.name), *address) : mail::encode_words(mail::one_line(who.address));
  constexpr std::string_view kField = "To: ";
  std::string folded = mail::field("To", body).substr(kField.size());
  folded.resize(folded.size() - 2);
  std::string out;
  for (const char c : folded) {
    if (c == '\r') continue;
    out += c == '\n' ? line_end : std::string_view(&c, 1);
  }
  return out;
}

std::string value_at(PointKind kind, const Addressee& who, std::string_view line_end) {
  switch (kind) {
    case PointKind::text_address: return encode_for_lines(mail::one_line(who.address), line_end);
    case PointKind::text_name: return encode_for_lines(name_of(who), line_end);
    case PointKind::text_url: return encode_for_lines(percent_encoded(who.address), line_end);
    case PointKind::header_mailbox: return mailbox_of(who, line_end);
    case PointKind::header_url: return in_lines(percent_encoded(who.address), line_end);
    case PointKind::header_token: return who.token.empty() ? "" : "%20" + percent_encoded(who.token);
  }
  return {};
}

std::size_t header_octets(std::string_view message) {
  const std::size_t lf = message.find("\n\n");
  const std::size_t crlf = message.find("\n\r\n");
  return std::min({lf, crlf, message.size()});
}

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool is_safe(std::string_view message, std::size_t header_end, const Point& point) {
  if (point.at > message.size()) return false;
  const std::string_view behind = message.substr(point.at);
  if (row_of(point.kind).place == Place::header) {
    return point.at > 0 && point.at < header_end && !is_line_end(message[point.at - 1]);
  }
  const bool starts_a_line = point.at > 0 && message[point.at - 1] == '\n';
  return point.at > header_end && starts_a_line && (behind.starts_with("=\n") || behind.starts_with("=\r\n"));
}

}  // namespace

std::string_view word_for(PointKind kind) { return row_of(kind).word; }

std::optional<PointKind> point_kind(std::string_view word) {
  const auto row = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& each) { return each.word == word; });
  return row == kKinds.end() ? std::nullopt : std::optional(row->kind);
}

bool are_points_safe(std::string_view message, const std::vector<Point>& points) {
  const std::size_t header_end = points.empty() ? 0 : header_octets(message);
  const auto is_before = [](const Point& a, const Point& b) { return a.at < b.at; };
  return points.size() <= kMaxPoints && std::is_sorted(points.begin(), points.end(), is_before) &&
         std::all_of(points.begin(), points.end(),
                     [&](const Point& point) { return is_safe(message, header_end, point); });
}

std::vector<Point> header_points(const std::vector<Point>& points) {
  std::vector<Point> some;
  std::copy_if(points.begin(), points.end(), std::back_inserter(some),
               [](const Point& point) { return row_of(point.kind).place == Place::header; });
  return some;
}

WordsWanted wanted_at(const std::vector<Point>& points) {
  WordsWanted wanted;
  for (const Point& point : points) {
    wanted.names = wanted.names || row_of(point.kind).needs.names;
    wanted.tokens = wanted.tokens || row_of(point.kind).needs.tokens;
  }
  return wanted;
}

std::vector<std::string> values_at(const std::vector<Point>& points, const Addressee& who, std::string_view line_end) {
  std::vector<std::string> values;
  values.reserve(points.size());
  for (const Point& point : points) values.push_back(value_at(point.kind, who, line_end));
  return values;
}

std::string PointMarks::word(PointKind kind) const { return stem_ + static_cast<char>('a' + static_cast<char>(kind)); }

std::string PointMarks::put_in(std::string_view text, const std::vector<Point>& points) const {
  std::string marked;
  marked.reserve(text.size() + points.size() * (stem_.size() + 1));
  std::size_t at = 0;
  for (const Point& point : points) {
    marked.append(text.substr(at, point.at - at)).append(word(point.kind));
    at = point.at;
  }
  return marked.append(text.substr(at));
}

PointedText PointMarks::take_out(std::string_view marked) const {
  PointedText taken;
  taken.text.reserve(marked.size());
  for (;;) {
    const std::size_t at = marked.find(stem_);
    const std::size_t letter = at == std::string_view::npos ? at : at + stem_.size();
    const bool is_whole = letter < marked.size() && marked[letter] >= 'a' &&
                          static_cast<std::size_t>(marked[letter] - 'a') < kKinds.size();
    if (!is_whole) break;
    taken.text += marked.substr(0, at);
    taken.points.push_back({taken.text.size(), kKinds.at(static_cast<std::size_t>(marked[letter] - 'a')).kind});
    marked.remove_prefix(letter + 1);
  }
  taken.text += marked;
  return taken;
}

}  // namespace majlis::spool
