#pragma once

#include <cstdint>
#include <string_view>

namespace majlis {

// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`, continued from `before`:
// crc32c(a + b) == crc32c(b, crc32c(a)). Finds accidents (torn writes, flipped bits), not forgery.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

}  // namespace majlis
