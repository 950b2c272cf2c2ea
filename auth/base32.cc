#include "auth/base32.h"

#include "base/text.h"

namespace majlis::auth {
namespace {

constexpr unsigned kBitsPerSymbol = 5;
constexpr unsigned kBitsPerOctet = 8;

std::optional<unsigned> value_of(char symbol) {
  const char lower = to_lower_ascii(symbol);
  if (lower == 'o') return 0;
  if (lower == 'i' || lower == 'l') return 1;
  const std::size_t at = kBase32Symbols.find(lower);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

}  // namespace

std::string encode_base32(const TokenOctets& octets) {
  std::string text;
  text.reserve(kTokenSymbols);
  unsigned waiting = 0;
  unsigned bits = 0;
  for (const unsigned char octet : octets) {
    waiting = (waiting << kBitsPerOctet) | octet;
    bits += kBitsPerOctet;
    while (bits >= kBitsPerSymbol) {
      bits -= kBitsPerSymbol;
      text += kBase32Symbols[(waiting >> bits) & 31U];
    }
    waiting &= (1U << bits) - 1U;
  }
  return text;
}

std::optional<TokenOctets> decode_base32(std::string_view text) {
  if (text.size() != kTokenSymbols) return std::nullopt;
  TokenOctets octets{};
  std::size_t filled = 0;
  unsigned waiting = 0;
  unsigned bits = 0;
  for (const char symbol : text) {
    const std::optional<unsigned> value = value_of(symbol);
    if (!value) return std::nullopt;
    waiting = (waiting << kBitsPerSymbol) | *value;
    bits += kBitsPerSymbol;
    if (bits >= kBitsPerOctet) {
      bits -= kBitsPerOctet;
      octets[filled++] = static_cast<unsigned char>(waiting >> bits);
      waiting &= (1U << bits) - 1U;
    }
  }
  return octets;
}

}  // namespace majlis::auth
