#include "mail/bounces/bounce_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/report.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLineOctets = 1000;
constexpr std::size_t kMaxRunOn = 200;
constexpr std::size_t kTabWidth = 8;
constexpr std::size_t kRunOnLines = 3;
constexpr std::size_t kHeaderLines = 30;  // looked at to tell a header

std::size_t indent_of(std::string_view line) {
  std::size_t indent = 0;
  for (const char c : line) {
    if (!is_blank(c)) break;
    indent += c == '\t' ? kTabWidth : 1;
  }
  return indent;
}

std::string squeeze(std::string_view line) {
  constexpr std::string_view kApostrophe = "\u2019";
  std::string out;
  for (const std::string_view word : split_words(line)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  for (std::size_t at = out.find(kApostrophe); at != std::string::npos; at = out.find(kApostrophe, at)) {
    out.replace(at, kApostrophe.size(), "'");
  }
  return out;
}

TextLine read_line(std::string_view line) {
  line = utf8_prefix(line, kMaxLineOctets);
  TextLine out;
  out.indent = indent_of(line);
  out.text = squeeze(is_ascii(line) ? line : with_plain_blanks(line));
  out.is_quoted = out.text.starts_with('>') && !out.text.starts_with(">>");
  return out;
}

// A phrase may run over line ends, but not over an empty line.
void append_following(std::vector<TextLine>& lines, std::size_t at) {
  std::string& lower = lines[at].lower;
  lower = to_lower_ascii(lines[at].text);
  const std::size_t limit = lower.size() + kMaxRunOn;
  for (std::size_t next = at + 1; next < lines.size() && next <= at + kRunOnLines && lower.size() < limit; ++next) {
    if (lines[next].text.empty()) break;
    lower += ' ' + to_lower_ascii(lines[next].text);
  }
}

// Further in they are quoted by the report itself.
bool is_field(const TextLine& line, std::span<const std::string_view> names) {
  return line.indent == 0 &&
         std::any_of(names.begin(), names.end(), [&](std::string_view name) { return line.lower.starts_with(name); });
}

// A paragraph of header fields that no report quotes for people.
bool begins_header(const std::vector<TextLine>& lines, std::size_t at) {
  constexpr std::array<std::string_view, 2> kRawFields = {"message-id:", "mime-version:"};
  constexpr std::array<std::string_view, 4> kFields = {"from:", "to:", "subject:", "date:"};
  if ((at > 0 && !lines[at - 1].text.empty()) || lines[at].text.find(':') == std::string::npos) return false;
  bool has_raw_field = false;
  std::size_t fields = 0;
  for (std::size_t next = at; next < std::min(lines.size(), at + kHeaderLines) && !lines[next].text.empty(); ++next) {
    has_raw_field = has_raw_field || is_field(lines[next], kRawFields);
    if (is_field(lines[next], kFields)) ++fields;
  }
  return has_raw_field && fields >= 2;
}

// "Name: ...", the name being one word.
bool is_any_field(const TextLine& line) {
  const std::size_t colon = line.text.find(':');
  return line.indent == 0 && colon != std::string::npos && colon > 0 && line.text.find(' ') > colon;
}

// "------ Message text ------" in front of a field, or of nothing; not "------ Message log ------".
bool is_banner_of_message(const std::vector<TextLine>& lines, std::size_t at) {
  if (lines[at].lower.find("--- message") >= lines[at].text.size()) return false;
  const auto next = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, lines.end(),
                                 [](const TextLine& line) { return !line.text.empty(); });
  return next == lines.end() || is_any_field(*next);
}

bool begins_returned(const TextLine& line) {
  const std::string_view own = std::string_view(line.lower).substr(0, line.text.size());
  if (is_field(line, returned_message_fields())) return true;
  return std::any_of(returned_message_marks().begin(), returned_message_marks().end(),
                     [&](std::string_view mark) { return own.find(mark) != std::string_view::npos; });
}

}  // namespace

ReportText read_report_text(std::string_view text) {
  ReportText out;
  while (const auto line = next_line(text)) {
    if (out.lines.size() >= kMaxReportTextLines) {
      out.is_cut = true;
      break;
    }
    out.lines.push_back(read_line(*line));
  }
  for (std::size_t i = 0; i < out.lines.size(); ++i) append_following(out.lines, i);
  while (out.returned_at < out.lines.size() && !begins_returned(out.lines[out.returned_at]) &&
         !begins_header(out.lines, out.returned_at) && !is_banner_of_message(out.lines, out.returned_at)) {
    ++out.returned_at;
  }
  const auto returned = out.lines.begin() + static_cast<std::ptrdiff_t>(out.returned_at);
  const auto end =
      out.lines.begin() + static_cast<std::ptrdiff_t>(std::min(out.lines.size(), out.returned_at + kHeaderLines));
  out.has_returned_header = std::any_of(returned, end, [](const TextLine& line) {
    constexpr std::array<std::string_view, 2> kRawHeader = {"mime-version:", "message-id:"};
    return is_field(line, returned_message_fields()) || is_field(line, kRawHeader);
  });
  return out;
}

bool says_any(const ReportText& text, std::span<const std::string_view> phrases) {
  const auto end = text.lines.begin() + static_cast<std::ptrdiff_t>(text.returned_at);
  return std::any_of(text.lines.begin(), end, [&](const TextLine& line) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return line.lower.find(phrase) != std::string::npos; });
  });
}

}  // namespace majlis::mail
