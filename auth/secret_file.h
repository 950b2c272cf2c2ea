#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace majlis::auth {

// One 32-octet key; wiped from memory when it goes.
class SecretKey {
 public:
  static constexpr std::size_t kOctets = 32;
  SecretKey(std::uint8_t id, const std::array<unsigned char, kOctets>& octets) : id_(id), octets_(octets) {}
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  std::uint8_t id() const { return id_; }  // stands in every token, so that two keys can be valid during a rotation
  const unsigned char* data() const { return octets_.data(); }

 private:
  std::uint8_t id_;
  std::array<unsigned char, kOctets> octets_;
};

// The site's keys: the first makes new tokens, all of them are honoured.
using SecretKeys = std::vector<SecretKey>;

// Must be called once per process before anything else of auth/. misconfigured when libsodium cannot start.
Status start_crypto();

// Makes `path` (mode 0600, random key) and refuses to overwrite one.
Status create_secret_file(const std::string& path);

// Puts a new key in front; the one before it stays honoured, older ones go (their tokens are invalid from then on). A
// power cut leaves the old file or the new one.
Status rotate_secret_file(const std::string& path);

// misconfigured, with the mend in words, unless it is a regular file of this user, mode 0600 or 0400, not a symlink,
// holding at least one key that is not all zero.
Result<SecretKeys> load_secret_file(const std::string& path);

// Random octets from libsodium.
std::string random_octets(std::size_t count);

// Deterministic identifiers from content: keyed-less 256-bit hash (crypto_generichash) over length-prefixed pieces, so
// that no piece can flow into the next.
std::string fingerprint(const std::vector<std::string_view>& pieces);

}  // namespace majlis::auth
