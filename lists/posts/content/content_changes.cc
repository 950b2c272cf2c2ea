#include "lists/posts/content/content_changes.h"

#include <array>
#include <string_view>
#include <utility>

namespace majlis::lists {
namespace {

constexpr std::array kCounts = {std::pair{std::string_view("removed"), &ContentChanges::removed},
                                std::pair{std::string_view("html"), &ContentChanges::html}};

}  // namespace

LogLine with_changes(LogLine line, const ContentChanges& changes) {
  for (const auto& [name, count] : kCounts) {
    if (changes.*count > 0) line.with(name, static_cast<std::int64_t>(changes.*count));
  }
  return line;
}

std::string words_for(const ContentChanges& changes) {
  std::string words;
  for (const auto& [name, count] : kCounts) {
    if (changes.*count > 0) words.append(" ").append(name).append("=").append(std::to_string(changes.*count));
  }
  return words;
}

}  // namespace majlis::lists
