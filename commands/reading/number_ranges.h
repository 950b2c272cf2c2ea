#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace majlis::commands {

// Numbers as people write them: "12 15-17".
struct NumberRange {
  std::uint64_t first;
  std::uint64_t last;
};
using NumberRanges = std::vector<NumberRange>;

// In rising order, each number in one range only; commas between them do not matter. nullopt where a word is no number
// from 1 on and no range, and where there are too many words.
std::optional<NumberRanges> parse_number_ranges(const std::vector<std::string>& words);
std::string text_of(const NumberRanges& ranges);

// Takes the first `count` numbers off the front.
std::vector<std::uint64_t> take_numbers(NumberRanges& ranges, std::uint64_t count);

}  // namespace majlis::commands
