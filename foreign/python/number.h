#pragma once

#include <charconv>
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

}  // namespace majlis::foreign
