#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::spool {

// What the copy of one recipient has at a point of the message. Of a text: encoded for a line of its own in
// quoted-printable UTF-8, with a soft line break behind it. Of a header field: a piece of its body.
enum class PointKind {
  text_address,
  text_name,       // one line; the address where there is no name
  text_url,        // the address, percent-encoded
  header_mailbox,  // "Name <address>", or the address alone
  header_url,      // the address, percent-encoded
  header_token,    // "%20" and the member's token; nothing where there is none
};

struct Point {
  std::size_t at = 0;  // octets in front of it
  PointKind kind = PointKind::text_address;
  bool operator==(const Point&) const = default;
};

constexpr std::size_t kMaxPoints = 1000;  // of one message

// The kind's word in a job file: "text-name".
std::string_view word_for(PointKind kind);
std::optional<PointKind> point_kind(std::string_view word);

// True when every point is where a value of its kind can do no harm: in ascending order, header ones inside a field of
// the header, the others at the start of a line that is a soft line break.
bool are_points_safe(std::string_view message, const std::vector<Point>& points);

// Those of header fields.
std::vector<Point> header_points(const std::vector<Point>& points);

// What a copy may say of its recipient besides the address; "" for what there is not.
struct OwnWords {
  std::string name;   // any octets
  std::string token;  // letters and digits: what the link in this copy is worth
  bool operator==(const OwnWords&) const = default;
};

// Which of them somebody needs.
struct WordsWanted {
  bool names = false;
  bool tokens = false;
  bool any() const { return names || tokens; }
  bool operator==(const WordsWanted&) const = default;
};

// Those that values at these points need.
WordsWanted wanted_at(const std::vector<Point>& points);

struct Addressee {
  std::string_view address;
  std::string_view name;  // as in OwnWords
  std::string_view token = {};
};

// One for each point, each line ended by `line_end`. Printable ASCII but for an address that is none; in a text never
// empty, never beginning with a dot where it stands at the start of a line, and no line over 998 octets with what is
// around it.
std::vector<std::string> values_at(const std::vector<Point>& points, const Addressee& who, std::string_view line_end);

struct PointedText {
  std::string text;
  std::vector<Point> points;
};

// While a text still changes, words stand at its points, which are moved along.
class PointMarks {
 public:
  // `stem`: printable ASCII without blanks that occurs nowhere else in what is marked.
  explicit PointMarks(std::string stem) : stem_(std::move(stem)) {}

  const std::string& stem() const { return stem_; }
  std::string word(PointKind kind) const;  // the stem and one letter
  std::string put_in(std::string_view text, const std::vector<Point>& points) const;
  PointedText take_out(std::string_view marked) const;

 private:
  std::string stem_;
};

}  // namespace majlis::spool
