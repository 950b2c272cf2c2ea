#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace majlis::foreign {

// What stands in a pickle between its opcodes. Nothing is read beyond the end.
class PickleInput {
 public:
  explicit PickleInput(std::string_view octets) : octets_(octets) {}

  std::size_t at() const { return at_; }
  bool is_at_end() const { return at_ == octets_.size(); }

  std::optional<std::string_view> take(std::size_t count) {
    if (count > octets_.size() - at_) return std::nullopt;
    at_ += count;
    return octets_.substr(at_ - count, count);
  }

  // Without its LF.
  std::optional<std::string_view> take_line() {
    const std::size_t end = octets_.find('\n', at_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = octets_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  // `count` octets, at most 8, the lowest first.
  std::optional<std::uint64_t> take_little(std::size_t count) {
    const auto taken = take(count);
    if (!taken) return std::nullopt;
    std::uint64_t number = 0;
    for (std::size_t i = count; i > 0; --i) number = (number << 8U) | static_cast<unsigned char>((*taken)[i - 1]);
    return number;
  }

  // The same in two's complement.
  std::optional<std::int64_t> take_signed(std::size_t count) {
    const auto number = take_little(count);
    if (!number) return std::nullopt;
    if (count == 0) return 0;
    const unsigned unused = 64U - static_cast<unsigned>(count) * 8U;
    return std::bit_cast<std::int64_t>(*number << unused) >> unused;
  }

  // IEEE 754, the highest octet first.
  std::optional<double> take_double() {
    const auto number = take_little(8);
    if (!number) return std::nullopt;
    std::uint64_t turned = 0;
    for (unsigned shift = 0; shift < 64; shift += 8) turned = (turned << 8U) | ((*number >> shift) & 0xFFU);
    return std::bit_cast<double>(turned);
  }

 private:
  std::string_view octets_;
  std::size_t at_ = 0;
};

}  // namespace majlis::foreign
