#include "auth/member_reference.h"

#include <sodium.h>

#include "base/checksum.h"

namespace majlis::auth {

static_assert(std::tuple_size_v<ReferenceKey> == crypto_shorthash_KEYBYTES);

ReferenceKey new_reference_key() {
  ReferenceKey key;
  randombytes_buf(key.data(), key.size());
  return key;
}

MemberReference keyed_reference(const ReferenceKey& key, std::string_view address) {
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(address.data()), address.size(), key.data());
  MemberReference reference = 0;
  for (const unsigned char octet : hash) reference = reference << 8U | octet;
  return reference & kMaxMemberReference;
}

std::string keyed_address(const ReferenceKey& key, std::string_view address) {
  static_assert(std::tuple_size_v<ReferenceKey> >= crypto_generichash_KEYBYTES_MIN);
  std::string hash(crypto_generichash_BYTES_MIN, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(address.data()), address.size(), key.data(), key.size());
  return hash;
}

MemberReference unkeyed_reference(std::string_view address) { return hash64(address) & kMaxMemberReference; }

}  // namespace majlis::auth
