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

// The same with a mark of the password behind it: 128 bits made of hash and password with the site's key. With the key
// any word is compared in a microsecond (matches_mark()); without it the mark says nothing. doc/SECRETS.md weighs what
// that costs.
Result<std::string> hash_password(std::string_view password, const SecretKey& key);

// true: right. false: wrong, or `hash` is empty (no password set: nothing is right). A mark is left out of it. Error
// again: memory ran out, which libsodium cannot tell from a wrong password, so it is tested before.
Result<bool> verify_password(std::string_view password, std::string_view hash);

// `hash` without its mark.
std::string_view without_mark(std::string_view hash);
// Whether the mark of `hash` was made with one of these keys.
bool has_mark(std::string_view hash, const SecretKeys& keys);
// Whether `word` is the password, as far as a mark can tell: one in 2^128 is not. False without a mark.
bool matches_mark(std::string_view word, std::string_view hash, const SecretKeys& keys);
// `hash` with a mark of `password`, which must be the right one.
std::string with_mark(std::string_view hash, std::string_view password, const SecretKey& key);

// One word of visible ASCII: what fits a line of a mail and comes out of it unchanged.
bool is_one_word(std::string_view password);

// With or without a mark.
bool is_password_hash(std::string_view text);

// A fresh password to print once: 20 symbols, 100 bits, without look-alikes.
std::string generate_password();

}  // namespace majlis::auth
