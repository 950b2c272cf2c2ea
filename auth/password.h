#pragma once

#include <string>
#include <string_view>

#include "auth/secret_file.h"
#include "base/result.h"

namespace majlis::auth {

constexpr std::size_t kMinPasswordOctets = 8;
constexpr std::size_t kMaxPasswordOctets = 256;  // longer ones are wrong without hashing

// Argon2id, crypto_pwhash_str at INTERACTIVE cost (64 MiB, about 50 ms): "$argon2id$...".
Result<std::string> hash_password(std::string_view password);

// The same with a mark of the password behind it (auth/password_mark.h).
Result<std::string> hash_password(std::string_view password, const SecretKey& key);

// true: right. false: wrong, or `hash` is empty (no password set: nothing is right). A mark is left out of it. Error
// again: memory ran out, which libsodium cannot tell from a wrong password, so it is tested before.
Result<bool> verify_password(std::string_view password, std::string_view hash);

// One word of visible ASCII: what fits a line of a mail and comes out of it unchanged.
bool is_one_word(std::string_view password);

// With or without a mark.
bool is_password_hash(std::string_view text);

// A fresh password to print once: 20 symbols, 100 bits, without look-alikes.
std::string generate_password();

}  // namespace majlis::auth
