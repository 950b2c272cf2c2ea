#include "auth/token.h"

#include <sodium.h>

#include <algorithm>

#include "auth/base32.h"

namespace majlis::auth {
namespace {

// Four octets in front of the MAC: 4 bits version, 8 bits key id, 20 bits expiry in hours since 1970 (until 2089).
constexpr unsigned kVersion = 1;
constexpr UnixTime kSecondsPerHour = 3600;
constexpr std::uint32_t kMaxHours = kTokenOfNoEnd / kSecondsPerHour;
constexpr std::size_t kHeadOctets = 4;
constexpr std::size_t kMacOctets = 16;
static_assert(kHeadOctets + kMacOctets == kTokenOctets);
static_assert(kMacOctets <= crypto_auth_BYTES && SecretKey::kOctets == crypto_auth_KEYBYTES);

struct Head {
  unsigned version;
  std::uint8_t key_id;
  std::uint32_t hours;
};

std::uint32_t hours_rounded_up(UnixTime expires) {
  if (expires <= 0) return 0;
  const UnixTime hours = expires / kSecondsPerHour + (expires % kSecondsPerHour == 0 ? 0 : 1);
  return static_cast<std::uint32_t>(std::min<UnixTime>(hours, kMaxHours));
}

void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>((number >> static_cast<unsigned>(shift)) & 255U);
}

void append_piece(std::string& out, std::string_view piece) {
  append_number(out, piece.size());
  out += piece;
}

std::uint32_t pack(const Head& head) {
  return (head.version << 28U) | (static_cast<std::uint32_t>(head.key_id) << 20U) | head.hours;
}

Head unpack(const TokenOctets& octets) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < kHeadOctets; ++i) word = (word << 8U) | octets[i];
  return {word >> 28U, static_cast<std::uint8_t>((word >> 20U) & 255U), word & kMaxHours};
}

TokenOctets seal(const SecretKey& key, const TokenGrant& grant, const Head& head) {
  std::string signed_text;
  append_piece(signed_text, "majlis token");
  append_number(signed_text, pack(head));
  for (const std::string* piece : {&grant.list, &grant.action, &grant.address, &grant.arguments}) {
    append_piece(signed_text, *piece);
  }
  unsigned char mac[crypto_auth_BYTES];
  crypto_auth(mac, reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(), key.data());

  TokenOctets octets{};
  const std::uint32_t word = pack(head);
  for (std::size_t i = 0; i < kHeadOctets; ++i) octets[i] = static_cast<unsigned char>(word >> (24U - 8U * i));
  std::copy_n(mac, kMacOctets, octets.begin() + kHeadOctets);
  sodium_memzero(mac, sizeof mac);
  return octets;
}

}  // namespace

std::string make_token(const SecretKey& key, const TokenGrant& grant, UnixTime expires) {
  return encode_base32(seal(key, grant, {kVersion, key.id(), hours_rounded_up(expires)}));
}

std::optional<ValidToken> check_token(const SecretKeys& keys, std::string_view token, const TokenGrant& grant,
                                      UnixTime now) {
  const std::optional<TokenOctets> octets = decode_base32(token);
  if (!octets) return std::nullopt;
  const Head head = unpack(*octets);
  const UnixTime expires = static_cast<UnixTime>(head.hours) * kSecondsPerHour;
  if (head.version != kVersion || now >= expires) return std::nullopt;
  for (const SecretKey& key : keys) {
    if (key.id() != head.key_id) continue;
    const TokenOctets expected = seal(key, grant, head);
    if (sodium_memcmp(expected.data(), octets->data(), kTokenOctets) == 0) {
      return ValidToken{encode_base32(*octets), expires};
    }
  }
  return std::nullopt;
}

bool looks_like_live_token(const SecretKeys& keys, std::string_view word, UnixTime now) {
  const std::optional<TokenOctets> octets = decode_base32(word);
  if (!octets) return false;
  const Head head = unpack(*octets);
  const UnixTime expires = static_cast<UnixTime>(head.hours) * kSecondsPerHour;
  const bool may_be_meant = expires <= now + kLongestTokenLife + kSecondsPerHour || expires == kTokenOfNoEnd;
  return head.version == kVersion && expires > now && may_be_meant &&
         std::any_of(keys.begin(), keys.end(), [&](const SecretKey& key) { return key.id() == head.key_id; });
}

std::optional<std::string> canonical_token(std::string_view word) {
  const std::optional<TokenOctets> octets = decode_base32(word);
  return octets && unpack(*octets).version == kVersion ? std::optional(encode_base32(*octets)) : std::nullopt;
}

bool looks_like_token(std::string_view word) {
  const std::optional<TokenOctets> octets = decode_base32(word);
  return octets && unpack(*octets).version == kVersion;
}

}  // namespace majlis::auth
