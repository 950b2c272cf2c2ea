#include "base/wrap.h"

#include <algorithm>

#include "base/text.h"

namespace majlis {
namespace {

constexpr std::string_view kOpening = "\xC2\xAB";  // «
constexpr std::string_view kClosing = "\xC2\xBB";  // »

bool may_break_at(std::string_view line, std::size_t blank) {
  const std::string_view next = line.substr(blank + 1);
  if (next.empty() || std::string_view(" :;?!").find(next.front()) != std::string_view::npos) return false;
  return !next.starts_with(kClosing) && !line.substr(0, blank).ends_with(kOpening);
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), begins_character));
}

std::size_t find_break(std::string_view line, std::size_t columns) {
  if (columns_of(line) <= columns) return std::string_view::npos;
  std::size_t found = std::string_view::npos;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size() && (column <= columns || found == std::string_view::npos); ++at) {
    if (line[at] == ' ' && at > line.find_first_not_of(' ') && may_break_at(line, at)) found = at;
    if (begins_character(line[at])) ++column;
  }
  return found;
}

std::string wrapped(std::string_view text, std::size_t columns) {
  std::string out;
  for (const std::string_view line : split_at(text, '\n')) {
    std::string rest(line);
    const std::string margin(std::min(rest.find_first_not_of(' '), rest.size()), ' ');
    for (std::size_t at = find_break(rest, columns); at != std::string::npos; at = find_break(rest, columns)) {
      out.append(rest, 0, at).append("\n");
      rest = margin + rest.substr(at + 1);
    }
    out.append(rest).append("\n");
  }
  out.pop_back();
  return out;
}

}  // namespace majlis
