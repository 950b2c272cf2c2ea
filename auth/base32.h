#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace majlis::auth {

// Crockford's base32: 32 symbols without i, l, o and u, so that a token survives lower-casing and being read aloud.
constexpr std::string_view kBase32Symbols = "0123456789abcdefghjkmnpqrstvwxyz";

// 160 bits are exactly 32 symbols: no padding bits, so every text has one meaning and every meaning one text.
constexpr std::size_t kTokenOctets = 20;
constexpr std::size_t kTokenSymbols = 32;
using TokenOctets = std::array<unsigned char, kTokenOctets>;

std::string encode_base32(const TokenOctets& octets);  // lower case

// Letter case ignored, 'o' read as 0, 'i' and 'l' as 1. nullopt for any other length or symbol.
std::optional<TokenOctets> decode_base32(std::string_view text);

}  // namespace majlis::auth
