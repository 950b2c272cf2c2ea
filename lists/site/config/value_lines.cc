#include "lists/site/config/value_lines.h"

#include "base/text.h"

namespace majlis::lists {

std::string unescape_line(std::string_view line) {
  if (line == "-") return {};
  if (line == kSignatureLine) return std::string(line);
  const bool is_escape = line.starts_with("--") || line.starts_with("- ") || line.starts_with("-\t");
  return std::string(is_escape ? line.substr(1) : line);
}

std::string escape_line(std::string_view line) {
  const bool needs_escape = line.empty() || line.front() == '-' || is_blank(line.front());
  return (needs_escape ? "-" : "") + std::string(line);
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  if (text.empty()) return lines;
  for (const std::string_view line : split_at(text, '\n')) lines.emplace_back(line);
  return lines;
}

}  // namespace majlis::lists
