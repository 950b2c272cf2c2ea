#include "auth/fingerprint.h"

#include <sodium.h>

namespace majlis::auth {
namespace {

// `key` nullptr: without one.
std::string hash_of(const unsigned char* key, const std::vector<std::string_view>& pieces) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key, key == nullptr ? 0 : SecretKey::kOctets, crypto_generichash_BYTES);
  for (const std::string_view piece : pieces) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
      length[i] = static_cast<unsigned char>(piece.size() >> (56U - 8U * i));
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
  }
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  sodium_memzero(&state, sizeof state);
  return digest;
}

}  // namespace

std::string fingerprint(const std::vector<std::string_view>& pieces) { return hash_of(nullptr, pieces); }

std::string keyed_fingerprint(const SecretKey& key, const std::vector<std::string_view>& pieces) {
  return hash_of(key.data(), pieces);
}

}  // namespace majlis::auth
