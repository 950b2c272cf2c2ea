#include "auth/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "auth/base32.h"
#include "auth/password_mark.h"
#include "base/text.h"

namespace majlis::auth {
namespace {

constexpr std::size_t kDigestOctets = 32;
constexpr std::size_t kSaltOctets = crypto_pwhash_SALTBYTES;
constexpr std::uint64_t kMaxMemoryKib = crypto_pwhash_argon2id_MEMLIMIT_MODERATE / 1024;
constexpr std::uint64_t kMaxPasses = 16;
constexpr std::size_t kGeneratedSymbols = 20;

// What "$argon2id$v=19$m=65536,t=2,p=1$SALT$DIGEST" says.
struct Encoded {
  std::size_t memory_octets = 0;
  std::uint64_t passes = 0;
  std::array<unsigned char, kSaltOctets> salt{};
  std::array<unsigned char, kDigestOctets> digest{};
};

std::optional<std::uint64_t> number_behind(std::string_view text, std::string_view prefix, std::uint64_t maximum) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const std::optional<std::uint64_t> number = parse_number(text.substr(prefix.size()));
  if (!number || *number == 0 || *number > maximum) return std::nullopt;
  return number;
}

template <std::size_t kOctets>
bool decode_exactly(std::string_view base64, std::array<unsigned char, kOctets>& out) {
  std::size_t length = 0;
  const int failed = sodium_base642bin(out.data(), out.size(), base64.data(), base64.size(), nullptr, &length, nullptr,
                                       sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return failed == 0 && length == kOctets;
}

std::optional<Encoded> decode_hash(std::string_view hash) {
  const std::string_view text = without_mark(hash);
  if (text.size() >= crypto_pwhash_STRBYTES) return std::nullopt;
  const std::vector<std::string_view> pieces = split_at(text, '$');
  if (pieces.size() != 6 || !pieces[0].empty() || pieces[1] != "argon2id" || pieces[2] != "v=19") return std::nullopt;
  const std::vector<std::string_view> costs = split_at(pieces[3], ',');
  if (costs.size() != 3 || costs[2] != "p=1") return std::nullopt;
  const std::optional<std::uint64_t> memory = number_behind(costs[0], "m=", kMaxMemoryKib);
  const std::optional<std::uint64_t> passes = number_behind(costs[1], "t=", kMaxPasses);
  if (!memory || !passes || *memory * 1024 < crypto_pwhash_MEMLIMIT_MIN) return std::nullopt;
  Encoded encoded;
  encoded.memory_octets = *memory * 1024;
  encoded.passes = *passes;
  if (!decode_exactly(pieces[4], encoded.salt) || !decode_exactly(pieces[5], encoded.digest)) return std::nullopt;
  return encoded;
}

Error out_of_memory() { return {ErrorKind::again, "auth: hash a password: not enough memory"}; }

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  if (password.size() < kMinPasswordOctets || password.size() > kMaxPasswordOctets) {
    return Error{ErrorKind::refused, "auth: new password: it must have " + std::to_string(kMinPasswordOctets) + " to " +
                                         std::to_string(kMaxPasswordOctets) + " characters"};
  }
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return out_of_memory();
  }
  return std::string(hash.data());
}

Result<bool> verify_password(std::string_view password, std::string_view hash) {
  if (hash.empty()) return false;
  const std::optional<Encoded> encoded = decode_hash(hash);
  if (!encoded) return Error{ErrorKind::damaged, "auth: stored password: not an Argon2id hash"};
  if (password.empty() || password.size() > kMaxPasswordOctets) return false;
  // crypto_pwhash_str_verify answers -1 for a wrong password and for exhausted memory alike; the raw function fails
  // for want of memory only.
  std::array<unsigned char, kDigestOctets> digest{};
  if (crypto_pwhash(digest.data(), digest.size(), password.data(), password.size(), encoded->salt.data(),
                    encoded->passes, encoded->memory_octets, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return out_of_memory();
  }
  const bool right = sodium_memcmp(digest.data(), encoded->digest.data(), kDigestOctets) == 0;
  sodium_memzero(digest.data(), digest.size());
  return right;
}

bool is_one_word(std::string_view password) {
  return !password.empty() && std::all_of(password.begin(), password.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Result<std::string> hash_password(std::string_view password, const SecretKey& key) {
  Result<std::string> hash = hash_password(password);
  return hash ? Result<std::string>(with_mark(*hash, password, key)) : hash;
}

bool is_password_hash(std::string_view text) { return decode_hash(text).has_value() && has_mark_or_none(text); }

std::string generate_password() {
  std::string password;
  for (std::size_t i = 0; i < kGeneratedSymbols; ++i) {
    password += kBase32Symbols[randombytes_uniform(static_cast<std::uint32_t>(kBase32Symbols.size()))];
  }
  return password;
}

}  // namespace majlis::auth
