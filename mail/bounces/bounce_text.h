#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// A line of the part for people.
struct TextLine {
  std::string text;        // single blanks, none at the ends; ' for a typographic apostrophe
  std::string lower;       // the same in lower case, and the lines behind it as far as a phrase may run on
  std::size_t indent = 0;  // blanks in front of it, a TAB counts as eight
  bool is_quoted = false;  // led by a single '>'
};

// What a report says to people, in lines, and where what it returns begins.
struct ReportText {
  std::vector<TextLine> lines;       // kMaxReportTextLines at most
  std::size_t returned_at = 0;       // the first line of the returned message; lines.size() when there is none
  bool has_returned_header = false;  // header fields stand there
  bool is_cut = false;
};

// `text` has LF line ends; each line is read up to 1,000 octets.
ReportText read_report_text(std::string_view text);

// Whether one of the phrases stands in what the report itself says.
bool says_any(const ReportText& text, std::span<const std::string_view> phrases);

}  // namespace majlis::mail
