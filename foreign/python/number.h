#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace majlis::foreign {

// A number that is all of `text`, whatever the locale; nullopt: it is none, or too large.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What stands before the point; nullopt: 64 bits do not hold it, or it is no number at all.
inline std::optional<std::int64_t> whole_part(double number) {
  constexpr double kTooLarge = 9223372036854775808.0;  // 2^63
  const bool fits = number >= -kTooLarge && number < kTooLarge;
  return fits ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
}

}  // namespace majlis::foreign
