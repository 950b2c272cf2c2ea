#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace majlis::auth {

// Crockford's base32: 32 symbols without i, l, o and u, so that a token survives lower-casing and being read aloud.
constexpr std::string_view kBase32Symbols = "0123456789abcdefghjkmnpqrstvwxyz";

// Five octets are exactly eight symbols. Whoever encodes a multiple of five has no padding bits: every text has one
// meaning and every meaning one text.
std::string encode_base32(std::span<const unsigned char> octets);  // lower case
// Letter case ignored, 'o' read as 0, 'i' and 'l' as 1. False unless `text` is exactly `octets` and nothing else.
bool decode_base32(std::string_view text, std::span<unsigned char> octets);

constexpr std::size_t kTokenOctets = 20;
constexpr std::size_t kTokenSymbols = 32;
using TokenOctets = std::array<unsigned char, kTokenOctets>;

std::optional<TokenOctets> decode_base32(std::string_view text);

}  // namespace majlis::auth
