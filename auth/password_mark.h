#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/secret_file.h"

namespace majlis::auth {

// The mark of a password: 128 bits of SipHash-2-4 of the password, under a key that BLAKE2b makes of the site's key and
// the password's Argon2id hash (so of its salt). It stands behind the hash and a blank, "KEY:sip:MARK", and lets any
// word be compared with the password in less than a tenth of a microsecond; without the site's key it says nothing.
// doc/SECRETS.md weighs what that costs.

// `hash` with a mark of `password`, which must be the right one.
std::string with_mark(std::string_view hash, std::string_view password, const SecretKey& key);
// `hash` without its mark.
std::string_view without_mark(std::string_view hash);
// Whether `hash` has no mark or a well-formed one, also of the kind "KEY:MARK", which no word is compared with any
// more.
bool has_mark_or_none(std::string_view hash);
// Whether the mark of `hash` was made with one of these keys.
bool has_mark(std::string_view hash, const SecretKeys& keys);

// The marks of some hashes, made ready to be compared with many words.
class PasswordMarks {
 public:
  // A hash without a mark of one of `keys` (see has_mark()) matches nothing.
  PasswordMarks(const SecretKeys& keys, const std::vector<std::string_view>& hashes);
  PasswordMarks(const PasswordMarks&) = delete;
  PasswordMarks& operator=(const PasswordMarks&) = delete;
  ~PasswordMarks();  // wipes the keys

  // Which of the hashes, counted from 0, is of `word`, as far as a mark can tell: one in 2^128 is not.
  std::optional<std::size_t> find(std::string_view word) const;
  bool has(std::string_view word) const { return find(word).has_value(); }

 private:
  static constexpr std::size_t kOctets = 16;
  using Octets = std::array<unsigned char, kOctets>;
  struct Known {
    std::size_t hash;
    Octets key;
    Octets mark;
  };
  std::vector<Known> known_;
};

}  // namespace majlis::auth
