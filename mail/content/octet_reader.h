#pragma once

#include <cstdint>
#include <string_view>

namespace majlis::mail {

// Little-endian numbers at fixed places; what is not there reads as 0.
inline std::uint32_t little_endian(std::string_view octets, std::size_t at, unsigned size) {
  std::uint32_t value = 0;
  for (unsigned i = size; i-- > 0;) {
    const std::size_t place = at + i;
    value = (value << 8U) | (place < octets.size() ? static_cast<unsigned char>(octets[place]) : 0U);
  }
  return value;
}
inline std::uint16_t u16(std::string_view octets, std::size_t at) {
  return static_cast<std::uint16_t>(little_endian(octets, at, 2));
}
inline std::uint32_t u32(std::string_view octets, std::size_t at) { return little_endian(octets, at, 4); }

}  // namespace majlis::mail
