#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

// 48 bits that stand for an address where it must not be read: in return addresses, and in what the store finds members
// by. Two addresses may share one.
namespace majlis::auth {

using MemberReference = std::uint64_t;
constexpr MemberReference kMaxMemberReference = (1ULL << 48U) - 1U;

enum class ReferenceKind : std::uint8_t {
  unkeyed = 1,  // as sites made them first, from the address alone: whoever wants to can find two that are the same
  keyed = 2,    // SipHash-2-4 (crypto_shorthash) with a key of the site
};

using ReferenceKey = std::array<unsigned char, 16>;

ReferenceKey new_reference_key();  // at random

// `address` is canonical. The value for given octets never changes: it stands in stored keys and in mail on its way.
MemberReference keyed_reference(const ReferenceKey& key, std::string_view address);
// 128 bits, under the same key, for what must not be taken for another address: BLAKE2b.
std::string keyed_address(const ReferenceKey& key, std::string_view address);
MemberReference unkeyed_reference(std::string_view address);

}  // namespace majlis::auth
