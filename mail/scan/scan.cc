#include "mail/scan/scan.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "mail/scan/boundaries.h"
#include "mail/scan/header_reader.h"
#include "mail/scan/notes.h"
#include "mail/scan/part_header.h"

namespace majlis::mail {
namespace {

// All header blocks of a message together hold at most this many times what one may hold.
constexpr std::size_t kHeaderBlocksWorth = 10;

// memchr() costs more than it saves on lines of a few octets, and hostile messages have millions of them.
const char* find_line_end(const char* at, const char* end) {
  constexpr std::ptrdiff_t kShortLine = 16;
  const char* const near = end - at > kShortLine ? at + kShortLine : end;
  for (; at < near; ++at) {
    if (*at == '\n') return at;
  }
  const void* const found = at < end ? std::memchr(at, '\n', static_cast<std::size_t>(end - at)) : nullptr;
  return found == nullptr ? end : static_cast<const char*>(found);
}

// Walks the message line by line. One part is current at any time: its header, its body, or, for a multipart, what
// stands before its first and behind its last delimiter.
class Scanner {
 public:
  Scanner(std::string_view raw, const ScanLimits& limits)
      : raw_(raw),
        limits_(limits),
        fields_left_(limits.max_fields * kHeaderBlocksWorth),
        header_(raw, limits_, notes_, fields_left_) {}

  Scan run();

 private:
  enum class State { header, body, preamble, epilogue, stopped };

  void take_line(std::size_t begin, std::size_t content_end, std::size_t end);
  std::size_t end_of_header(std::size_t at) const;
  void open_part(int parent, std::size_t at, std::string_view default_type);
  void finish_header(std::size_t body_begin);
  void begin_body(std::size_t at);
  bool take_delimiter(std::size_t begin, std::size_t content_end, std::size_t end);
  void close_parts_until(int ancestor, std::size_t at);
  void close_inner_multiparts(std::size_t level);
  void note_unfinished(Boundaries::Open& open);
  void look_outside(std::string_view line);
  void finish();
  Part& current() { return result_.parts[static_cast<std::size_t>(current_)]; }

  std::string_view raw_;
  const ScanLimits limits_;
  Notes notes_;
  std::size_t fields_left_;
  HeaderReader header_;
  Boundaries boundaries_;
  Scan result_;
  State state_ = State::header;
  int current_ = -1;
  std::size_t lines_that_go_on_ = 0;  // behind an open boundary
  std::string closed_delimiter_;      // "--boundary" of the multipart whose epilogue this is
};

Scan Scanner::run() {
  open_part(-1, 0, "text/plain");
  const char* const base = raw_.data();
  std::size_t at = 0;
  while (at < raw_.size()) {
    const auto newline = static_cast<std::size_t>(find_line_end(base + at, base + raw_.size()) - base);
    const bool has_newline = newline < raw_.size();
    const bool has_cr = has_newline && newline > at && base[newline - 1] == '\r';
    const std::size_t content_end = has_cr ? newline - 1 : newline;
    const std::size_t end = has_newline ? newline + 1 : newline;
    if (at == 0) result_.crlf = has_cr;
    result_.longest_line = std::max(result_.longest_line, content_end - at);
    if (state_ != State::stopped && (state_ != State::body || !boundaries_.empty())) take_line(at, content_end, end);
    at = end;
  }
  finish();
  return std::move(result_);
}

void Scanner::take_line(std::size_t begin, std::size_t content_end, std::size_t end) {
  // Goes round again when the line ends a header block without belonging to it; each time one part deeper, so at most
  // max_depth times.
  for (;;) {
    if (take_delimiter(begin, content_end, end)) return;
    const bool outside = state_ == State::preamble || state_ == State::epilogue;
    if (outside && !notes_.has(Ambiguity::text_outside_parts)) {
      look_outside(raw_.substr(begin, content_end - begin));
    }
    if (state_ != State::header) return;
    switch (header_.take(begin, content_end, end)) {
      case HeaderReader::Line::taken:
        if (header_.has_hit_ceiling()) finish_header(end_of_header(end));
        return;
      case HeaderReader::Line::empty: finish_header(end); return;
      case HeaderReader::Line::no_header: finish_header(begin); break;
    }
  }
}

// Where the body begins when the rest of the header block, from `at` on, is not looked at.
std::size_t Scanner::end_of_header(std::size_t at) const {
  // The line end of the last line seen may be the one in front of the empty line.
  const std::string_view rest = raw_.substr(at == 0 ? 0 : at - 1);
  const auto end_of = [&](std::string_view within, std::string_view empty_line) {
    const void* found = memmem(within.data(), within.size(), empty_line.data(), empty_line.size());
    return found == nullptr
               ? std::string_view::npos
               : static_cast<std::size_t>(static_cast<const char*>(found) - raw_.data()) + empty_line.size();
  };
  const std::size_t lf = end_of(rest, "\n\n");
  const std::size_t crlf =
      end_of(lf == std::string_view::npos ? rest : raw_.substr(0, lf).substr(raw_.size() - rest.size()), "\n\r\n");
  return std::min({lf, crlf, raw_.size()});
}

void Scanner::open_part(int parent, std::size_t at, std::string_view default_type) {
  const int depth = parent < 0 ? 0 : result_.parts[static_cast<std::size_t>(parent)].depth + 1;
  const bool too_deep = depth > static_cast<int>(limits_.max_depth);
  if (parent >= 0 && (too_deep || result_.parts.size() >= limits_.max_parts)) {
    notes_.add(too_deep ? Ambiguity::too_deep : Ambiguity::too_many_parts);
    state_ = State::stopped;
    return;
  }
  Part part;
  part.header_begin = part.body_begin = part.body_end = at;
  part.parent = parent;
  part.depth = depth;
  part.type = default_type;
  current_ = static_cast<int>(result_.parts.size());
  result_.parts.push_back(std::move(part));
  header_.begin(at);
  state_ = State::header;
}

void Scanner::finish_header(std::size_t body_begin) {
  const std::string default_type = current().type;
  current().fields = header_.finish();
  current().body_begin = body_begin;
  describe_part(current(), raw_, default_type, limits_, notes_);
  if (header_.has_hit_ceiling()) {
    state_ = State::stopped;
    return;
  }
  begin_body(body_begin);
}

void Scanner::begin_body(std::size_t at) {
  if (holds_message(current())) {
    open_part(current_, at, "text/plain");
  } else if (current().is_multipart() && !current().boundary.empty()) {
    boundaries_.push(current().boundary, current_, notes_);
    state_ = State::preamble;
  } else {
    state_ = State::body;
  }
}

bool Scanner::take_delimiter(std::size_t begin, std::size_t content_end, std::size_t end) {
  if (boundaries_.empty() || content_end - begin < 3 || raw_[begin] != '-' || raw_[begin + 1] != '-') return false;
  const Boundaries::Match match = boundaries_.match(raw_.substr(begin, content_end - begin), notes_);
  // Some readers make a part of each.
  if (match.goes_on && ++lines_that_go_on_ > limits_.max_parts) {
    notes_.add(Ambiguity::too_many_parts);
    state_ = State::stopped;
    return true;
  }
  if (match.kind == Boundaries::Kind::none) return false;
  while (state_ == State::header) finish_header(begin);
  if (state_ == State::stopped) return true;
  close_inner_multiparts(match.level);
  Boundaries::Open& open = boundaries_[match.level];
  const int multipart = open.part;
  close_parts_until(multipart, begin);
  open.is_found = true;
  if (match.kind == Boundaries::Kind::delimiter) {
    const bool digest = current().type == "multipart/digest";
    open_part(multipart, end, digest ? "message/rfc822" : "text/plain");
    return true;
  }
  closed_delimiter_ = "--" + open.boundary;
  boundaries_.pop();
  state_ = State::epilogue;
  return true;
}

// Parts from the current one up to (not with) `ancestor` end before the line end that leads to the line at `at`.
void Scanner::close_parts_until(int ancestor, std::size_t at) {
  std::size_t end = at;
  if (end > 0 && raw_[end - 1] == '\n') --end;
  if (end > 0 && end < at && raw_[end - 1] == '\r') --end;
  while (current_ != ancestor) {
    // The line end may be that of the empty line behind a header; then it stays there, for the parts around it too.
    end = std::max(current().body_begin, end);
    current().body_end = end;
    current_ = current().parent;
  }
}

void Scanner::close_inner_multiparts(std::size_t level) {
  while (boundaries_.size() > level + 1) {
    note_unfinished(boundaries_[boundaries_.size() - 1]);
    boundaries_.pop();
  }
}

void Scanner::note_unfinished(Boundaries::Open& open) {
  notes_.add(open.is_found ? Ambiguity::boundary_not_closed : Ambiguity::boundary_never_found);
}

void Scanner::look_outside(std::string_view line) {
  const bool own_delimiter = state_ == State::epilogue && line.starts_with(closed_delimiter_);
  const std::string_view name = line.substr(0, line.find(':'));
  const bool content_field =
      name.size() < line.size() && name.find_first_of(" \t") == std::string_view::npos &&
      (starts_with_ignoring_case(name, "content-") || equals_ignoring_case(name, "mime-version"));
  if (own_delimiter || content_field || looks_like_delimiter(line)) notes_.add(Ambiguity::text_outside_parts);
}

void Scanner::finish() {
  while (state_ == State::header) finish_header(raw_.size());
  const bool stopped = state_ == State::stopped;
  while (!boundaries_.empty()) {
    if (!stopped) note_unfinished(boundaries_[boundaries_.size() - 1]);
    boundaries_.pop();
  }
  while (current_ >= 0) {
    current().body_end = raw_.size();
    current_ = current().parent;
  }
  result_.has_nul = raw_.find('\0') != std::string_view::npos;
  result_.has_eight_bit = std::any_of(raw_.begin(), raw_.end(), [](char c) { return (c & 0x80) != 0; });
  result_.ambiguities = notes_.take();
}

}  // namespace

bool Scan::has(Ambiguity which) const {
  return std::find(ambiguities.begin(), ambiguities.end(), which) != ambiguities.end();
}

Scan scan(std::string_view raw, const ScanLimits& limits) { return Scanner(raw, limits).run(); }

}  // namespace majlis::mail
