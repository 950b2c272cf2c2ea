#include "auth/verp_tag.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "auth/base32.h"

namespace majlis::auth {
namespace {

constexpr UnixTime kDay_s = 24 * 3600;
constexpr UnixTime kDayCycle = 32;  // five bits
static_assert(kVerpLife_days + 2 < kDayCycle);

constexpr std::size_t kHeadOctets = 1;
constexpr std::size_t kMacOctets = 8;
constexpr std::size_t kMemberOctets = 6;
constexpr std::size_t kTagOctets = kHeadOctets + kMacOctets + kMemberOctets;
static_assert(kTagOctets * 8 == kVerpTagSymbols * 5);

using Octets = std::array<unsigned char, kTagOctets>;
using Hash = std::array<unsigned char, crypto_generichash_BYTES_MIN>;
static_assert(kMacOctets <= crypto_generichash_BYTES_MIN && kMemberOctets <= crypto_generichash_BYTES_MIN);
static_assert(SecretKey::kOctets == crypto_generichash_KEYBYTES);

Hash keyed_hash(const SecretKey& key, std::string_view text) {
  Hash hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     key.data(), SecretKey::kOctets);
  return hash;
}

void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>((number >> static_cast<unsigned>(shift)) & 255U);
}

// All parts but the last have one length, so that none can flow into the next.
Hash mac_of(const SecretKey& key, std::string_view list, const VerpTag& tag) {
  std::string text = tag.reference == ReferenceKind::unkeyed ? "majlis verp 1 " : "majlis verp 2 ";
  text += static_cast<char>(tag.kind);
  append_number(text, static_cast<std::uint64_t>(tag.day));
  append_number(text, tag.member);
  text += list;
  return keyed_hash(key, text);
}

// What hides the member, or shows it again.
std::uint64_t mask_of(const SecretKey& key, const unsigned char* mac) {
  std::string text = "majlis verp mask ";
  text.append(reinterpret_cast<const char*>(mac), kMacOctets);
  const Hash hash = keyed_hash(key, text);
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < kMemberOctets; ++i) mask = mask << 8U | hash[i];
  return mask;
}

unsigned char head_of(const VerpTag& tag) {
  const auto kind = static_cast<unsigned>(tag.kind);
  const auto day = static_cast<unsigned>(((tag.day % kDayCycle) + kDayCycle) % kDayCycle);
  return static_cast<unsigned char>((kind << 7U) | (static_cast<unsigned>(tag.reference) << 5U) | day);
}

std::optional<ReferenceKind> reference_meant(unsigned char head) {
  const auto reference = static_cast<ReferenceKind>((head >> 5U) & 3U);
  const bool is_known = reference == ReferenceKind::unkeyed || reference == ReferenceKind::keyed;
  return is_known ? std::optional(reference) : std::nullopt;
}

// The one day within a tag's life that its five bits can mean; tomorrow's too, for clocks that differ.
std::optional<UnixTime> day_meant(unsigned char head, UnixTime now) {
  const UnixTime tomorrow = day_of(now) + 1;
  const UnixTime bits = head & 31U;
  const UnixTime age = (((tomorrow - bits) % kDayCycle) + kDayCycle) % kDayCycle;
  if (age > kVerpLife_days + 1) return std::nullopt;
  return tomorrow - age;
}

}  // namespace

UnixTime day_of(UnixTime time) {
  const UnixTime day = time / kDay_s;
  return time % kDay_s < 0 ? day - 1 : day;
}

std::string make_verp_tag(const SecretKey& key, std::string_view list, const VerpTag& tag) {
  const Hash mac = mac_of(key, list, tag);
  Octets octets{};
  octets[0] = head_of(tag);
  std::copy_n(mac.begin(), kMacOctets, octets.begin() + kHeadOctets);
  const std::uint64_t hidden = tag.member ^ mask_of(key, mac.data());
  for (std::size_t i = 0; i < kMemberOctets; ++i) {
    octets[kHeadOctets + kMacOctets + i] = static_cast<unsigned char>(hidden >> (8U * (kMemberOctets - 1 - i)));
  }
  return encode_base32(octets);
}

std::optional<VerpTag> check_verp_tag(const SecretKeys& keys, std::string_view list, std::string_view text,
                                      UnixTime now) {
  Octets octets{};
  if (!decode_base32(text, octets)) return std::nullopt;
  const std::optional<UnixTime> day = day_meant(octets[0], now);
  const std::optional<ReferenceKind> reference = reference_meant(octets[0]);
  if (!day || !reference) return std::nullopt;
  const unsigned char* mac = octets.data() + kHeadOctets;
  std::uint64_t hidden = 0;
  for (std::size_t i = 0; i < kMemberOctets; ++i) hidden = hidden << 8U | octets[kHeadOctets + kMacOctets + i];
  VerpTag tag{(octets[0] >> 7U) != 0 ? VerpKind::probe : VerpKind::post, 0, *day, *reference};
  for (const SecretKey& key : keys) {
    tag.member = hidden ^ mask_of(key, mac);
    const Hash expected = mac_of(key, list, tag);
    if (sodium_memcmp(expected.data(), mac, kMacOctets) == 0) return tag;
  }
  return std::nullopt;
}

}  // namespace majlis::auth
