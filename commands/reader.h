#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::commands {

constexpr std::size_t kMaxCommandOctets = 64 * 1024;  // of a message's text; the rest is not read
constexpr std::size_t kMaxLineOctets = 2000;          // of one joined line; longer ones are not understood
constexpr std::size_t kMaxContinuations = 20;

// The lines of a message's text that may be commands: continuation lines ("\" at the end) joined with one blank,
// comments ('#'), empty lines and quoted lines ('>') left out, at most `max`. Pure; every byte string reads.
std::vector<std::string> command_lines(std::string_view text, std::size_t max);

}  // namespace majlis::commands
