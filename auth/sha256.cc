#include "auth/sha256.h"

#include <sodium.h>

#include "base/text.h"

namespace majlis::auth {

struct Sha256::State {
  crypto_hash_sha256_state octets;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->octets); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view piece) {
  crypto_hash_sha256_update(&state_->octets, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
}

std::string Sha256::hex() {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state_->octets, reinterpret_cast<unsigned char*>(digest.data()));
  return majlis::hex(digest);
}

std::string sha256_of(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.hex();
}

}  // namespace majlis::auth
