#include "mail/flowed.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kSignature = "-- ";

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

void begin_line(std::string& out, std::size_t depth) {
  out.append(depth, '>');
  if (depth > 0) out += ' ';
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

}  // namespace majlis::mail
