#include "mail/flowed.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kSignature = "-- ";
constexpr std::size_t kMostOctets = 76;  // of a line (RFC 3676 4.2 wants at most 78), save where no blank is

struct FlowedLine {
  std::size_t depth;
  std::string_view text;
  bool goes_on;
};

FlowedLine read_line(std::string_view line) {
  const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
  line.remove_prefix(depth);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return {depth, line, line.ends_with(' ') && line != kSignature};
}

std::string_view end_trimmed(std::string_view line) { return line.substr(0, line.find_last_not_of(" \t") + 1); }

void begin_line(std::string& out, std::size_t depth) {
  out.append(depth, '>');
  if (depth > 0) out += ' ';
}

bool needs_stuffing(std::string_view line) { return line.starts_with(' ') || line.starts_with("From "); }

// Where the first line of a paragraph ends, behind its last blank; the end where it goes on to none.
std::size_t end_of_first_line(std::string_view paragraph, std::size_t most) {
  if (paragraph.size() <= most) return paragraph.size();
  const std::size_t before = paragraph.substr(0, most).find_last_of(' ');
  const bool has_text = before != std::string_view::npos && paragraph.find_first_not_of(' ') < before;
  const std::size_t blank = has_text ? before : paragraph.find(' ', most);
  return blank == std::string_view::npos ? paragraph.size() : blank + 1;
}

}  // namespace

std::string unflow(std::string_view text, FinalBlank final_blank, const KeepsBreak& keeps_break) {
  std::string out;
  bool is_open = false;
  std::size_t open_depth = 0;
  std::size_t paragraph = 0;  // where it begins
  std::string_view last_line;
  while (const auto written = next_line(text)) {
    const FlowedLine line = read_line(*written);
    bool continues = is_open && line.depth == open_depth && line.text != kSignature;
    if (continues && keeps_break && line.depth == 0) {
      continues = !keeps_break({std::string_view(out).substr(paragraph), last_line, line.text});
    }
    if (is_open && !continues) out += '\n';
    if (!continues) {
      paragraph = out.size();
      begin_line(out, line.depth);
    }
    last_line = line.text;
    out += line.text;
    if (line.goes_on && final_blank == FinalBlank::drop) out.pop_back();
    if (!line.goes_on) out += '\n';
    is_open = line.goes_on;
    open_depth = line.depth;
  }
  if (is_open) out += '\n';
  return out;
}

std::string as_fixed_lines(std::string_view text) {
  std::string fixed;
  while (const auto line = next_line(text)) {
    const std::string_view kept = *line == kSignature ? *line : end_trimmed(*line);
    const bool is_stuffed = kept.starts_with(' ') || kept.starts_with('>') || kept.starts_with("From ");
    fixed.append(is_stuffed ? " " : "").append(kept).append("\n");
  }
  return fixed;
}

std::string as_flowed_lines(std::string_view text) {
  std::string flowed;
  while (const auto line = next_line(text)) {
    const std::size_t depth = std::min(line->find_first_not_of('>'), line->size());
    std::string_view rest = end_trimmed(line->substr(depth));
    if (depth > 0 && rest.starts_with(' ')) rest.remove_prefix(1);
    do {
      begin_line(flowed, depth);
      const std::size_t end = end_of_first_line(rest, kMostOctets - std::min(depth + 2, kMostOctets / 2));
      if (depth == 0 && needs_stuffing(rest)) flowed += ' ';
      flowed.append(rest.substr(0, end)).append("\n");
      rest.remove_prefix(end);
    } while (!rest.empty());
  }
  return flowed;
}

bool ends_in_flow(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t begin = text.rfind('\n');
  const std::string_view last = begin == std::string_view::npos ? text : text.substr(begin + 1);
  return last.ends_with(' ') && last != kSignature;
}

}  // namespace majlis::mail
