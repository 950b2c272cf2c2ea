#pragma once

#include <string_view>

namespace majlis::mail {

enum class SignatureCheck {
  right,
  wrong,
  short_key,  // less than kMinRsaBits: anybody's
  no_key,     // malformed, or larger than anybody needs
};

constexpr unsigned kMinRsaBits = 1024;  // RFC 8301 3.2
constexpr unsigned kMaxRsaBits = 4096;  // the same: more need not be verified
constexpr unsigned kMaxRsaExponentBits = 64;

// RSASSA-PKCS1-v1_5 (RFC 8017 8.2) of a SHA-256 digest. `key`: a SubjectPublicKeyInfo in DER (RFC 5280 4.1).
SignatureCheck check_rsa_sha256(std::string_view key, std::string_view digest, std::string_view signature);

// PureEdDSA (RFC 8032 5.1) of a SHA-256 digest, as RFC 8463 signs. `key`: its 32 octets.
SignatureCheck check_ed25519_sha256(std::string_view key, std::string_view digest, std::string_view signature);

}  // namespace majlis::mail
