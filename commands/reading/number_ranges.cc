#include "commands/reading/number_ranges.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxRanges = 200;
constexpr std::uint64_t kMaxNumber = 999'999'999'999;

std::optional<std::uint64_t> number_in(std::string_view word) {
  const auto number = parse_number(word);
  return number && *number > 0 && *number <= kMaxNumber ? number : std::nullopt;
}

std::optional<NumberRange> range_in(std::string_view word) {
  const std::size_t hyphen = word.find('-');
  const auto first = number_in(word.substr(0, hyphen));
  const auto last = hyphen == std::string_view::npos ? first : number_in(word.substr(hyphen + 1));
  if (!first || !last || *first > *last) return std::nullopt;
  return NumberRange{*first, *last};
}

}  // namespace

std::optional<NumberRanges> parse_number_ranges(const std::vector<std::string>& words) {
  NumberRanges ranges;
  for (const std::string& word : words) {
    for (const std::string_view piece : split_at(word, ',')) {
      if (piece.empty()) continue;
      const auto range = range_in(piece);
      if (!range || ranges.size() == kMaxRanges) return std::nullopt;
      ranges.push_back(*range);
    }
  }
  std::sort(ranges.begin(), ranges.end(), [](const auto& one, const auto& other) { return one.first < other.first; });
  NumberRanges merged;
  for (const NumberRange& range : ranges) {
    if (!merged.empty() && range.first <= merged.back().last + 1) {
      merged.back().last = std::max(merged.back().last, range.last);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

std::string text_of(const NumberRanges& ranges) {
  std::string text;
  for (const NumberRange& range : ranges) {
    text += (text.empty() ? "" : " ") + std::to_string(range.first);
    if (range.last > range.first) text += "-" + std::to_string(range.last);
  }
  return text;
}

std::vector<std::uint64_t> take_numbers(NumberRanges& ranges, std::uint64_t count) {
  std::vector<std::uint64_t> numbers;
  while (!ranges.empty() && numbers.size() < count) {
    NumberRange& range = ranges.front();
    numbers.push_back(range.first++);
    if (range.first > range.last) ranges.erase(ranges.begin());
  }
  return numbers;
}

}  // namespace majlis::commands
