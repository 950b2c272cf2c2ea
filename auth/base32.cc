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

std::string encode_base32(std::span<const unsigned char> octets) {
  std::string text;
  text.reserve(octets.size() * kBitsPerOctet / kBitsPerSymbol + 1);
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

bool decode_base32(std::string_view text, std::span<unsigned char> octets) {
  if (text.size() * kBitsPerSymbol != octets.size() * kBitsPerOctet) return false;
  std::size_t filled = 0;
  unsigned waiting = 0;
  unsigned bits = 0;
  for (const char symbol : text) {
    const std::optional<unsigned> value = value_of(symbol);
    if (!value) return false;
    waiting = (waiting << kBitsPerSymbol) | *value;
    bits += kBitsPerSymbol;
    if (bits >= kBitsPerOctet) {
      bits -= kBitsPerOctet;
      octets[filled++] = static_cast<unsigned char>(waiting >> bits);
      waiting &= (1U << bits) - 1U;
    }
  }
  return true;
}

std::optional<TokenOctets> decode_base32(std::string_view text) {
  TokenOctets octets{};
  if (!decode_base32(text, octets)) return std::nullopt;
  return octets;
}

}  // namespace majlis::auth
