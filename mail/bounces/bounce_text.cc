#include "mail/bounces/bounce_text.h"

#include <algorithm>

#include "base/text.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/report.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLineOctets = 1000;
constexpr std::size_t kMaxRunOn = 200;
constexpr std::size_t kTabWidth = 8;
constexpr std::size_t kRunOnLines = 3;

std::size_t indent_of(std::string_view line) {
  std::size_t indent = 0;
  for (const char c : line) {
    if (!is_blank(c)) break;
    indent += c == '\t' ? kTabWidth : 1;
  }
  return indent;
}

std::string squeeze(std::string_view line) {
  std::string out;
  for (const std::string_view word : split_words(line)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

TextLine read_line(std::string_view line) {
  line = utf8_prefix(line, kMaxLineOctets);
  TextLine out;
  out.indent = indent_of(line);
  out.text = squeeze(line);
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

bool begins_returned(const TextLine& line) {
  const std::string_view own = std::string_view(line.lower).substr(0, line.text.size());
  for (const std::string_view field : returned_message_fields()) {
    // Further in they are quoted by the report itself.
    if (line.indent == 0 && own.starts_with(field)) return true;
  }
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
  const auto returned = std::find_if(out.lines.begin(), out.lines.end(), begins_returned);
  out.returned_at = static_cast<std::size_t>(returned - out.lines.begin());
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
