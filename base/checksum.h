#pragma once

#include <cstdint>
#include <string_view>

namespace majlis {

// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`, continued from `before`:
// crc32c(a + b) == crc32c(b, crc32c(a)). Finds accidents (torn writes, flipped bits), not forgery.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

// A well-mixed 64-bit hash (FNV-1a, then finalised): spreads what has no wish to collide. No protection against who
// has. The value for given bytes never changes: it stands in stored keys.
std::uint64_t hash64(std::string_view bytes);

}  // namespace majlis
