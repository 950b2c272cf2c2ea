#include "mail/authentication/sha256.h"

#include <nettle/sha2.h>

#include "base/text.h"

namespace majlis::mail {

struct Sha256::State {
  sha256_ctx context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { sha256_init(&state_->context); }
Sha256::~Sha256() = default;

void Sha256::add(std::string_view octets) {
  sha256_update(&state_->context, octets.size(), reinterpret_cast<const std::uint8_t*>(octets.data()));
}

std::string Sha256::digest() {
  std::string digest(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&state_->context, digest.size(), reinterpret_cast<std::uint8_t*>(digest.data()));
  return digest;
}

std::string sha256_hex(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hex(hash.digest());
}

}  // namespace majlis::mail
