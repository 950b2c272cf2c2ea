#include "commands/reader.h"

#include "base/text.h"

namespace majlis::commands {
namespace {

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

bool is_continued(std::string_view line) { return without_trailing_blanks(line).ends_with('\\'); }

std::string joined_line(std::string_view first, std::string_view& rest) {
  std::string joined(without_trailing_blanks(first));
  for (std::size_t i = 0; i < kMaxContinuations && is_continued(joined); ++i) {
    joined.pop_back();
    const auto next = next_line(rest);
    if (!next) break;
    joined = std::string(without_trailing_blanks(joined)) + " " + std::string(trim(*next));
    if (joined.size() > kMaxLineOctets) break;
  }
  return joined;
}

}  // namespace

std::vector<std::string> command_lines(std::string_view text, std::size_t max) {
  std::vector<std::string> lines;
  std::string_view rest = text.substr(0, kMaxCommandOctets);
  while (lines.size() < max) {
    const auto line = next_line(rest);
    if (!line) break;
    const std::string joined = joined_line(*line, rest);
    const std::string_view trimmed = trim(joined);
    if (trimmed.empty() || trimmed.front() == '#' || trimmed.front() == '>') continue;
    lines.emplace_back(trimmed);
  }
  return lines;
}

}  // namespace majlis::commands
