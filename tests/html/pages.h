#pragma once

#include <charconv>
#include <string>
#include <string_view>

namespace majlis {

// Pages come in as hexadecimal.
inline std::string bytes_of_hex(std::string_view hexadecimal) {
  std::string bytes;
  for (; hexadecimal.size() >= 2; hexadecimal.remove_prefix(2)) {
    unsigned octet = 0;
    std::from_chars(hexadecimal.data(), hexadecimal.data() + 2, octet, 16);
    bytes += static_cast<char>(octet);
  }
  return bytes;
}

}  // namespace majlis
