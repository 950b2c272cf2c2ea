// Nettle and not OpenSSL's libcrypto: as an archive that one has 18,000 relocations, which cost every process that
// might verify a signature as much again as its start.
#include "mail/authentication/signature_crypto.h"

#include <nettle/asn1.h>
#include <nettle/bignum.h>
#include <nettle/eddsa.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>

namespace majlis::mail {
namespace {

// 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 A.1)
constexpr std::string_view kRsaIdentifier = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";

const std::uint8_t* octets_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

class RsaKey {
 public:
  RsaKey() { rsa_public_key_init(&key_); }
  ~RsaKey() { rsa_public_key_clear(&key_); }
  RsaKey(const RsaKey&) = delete;
  RsaKey& operator=(const RsaKey&) = delete;

  bool read(std::string_view info) {
    asn1_der_iterator at{};
    asn1_der_iterator algorithm{};
    return asn1_der_iterator_first(&at, info.size(), octets_of(info)) == ASN1_ITERATOR_CONSTRUCTED &&
           at.type == ASN1_SEQUENCE && asn1_der_decode_constructed_last(&at) == ASN1_ITERATOR_CONSTRUCTED &&
           at.type == ASN1_SEQUENCE && asn1_der_decode_constructed(&at, &algorithm) == ASN1_ITERATOR_PRIMITIVE &&
           algorithm.type == ASN1_IDENTIFIER &&
           std::string_view(reinterpret_cast<const char*>(algorithm.data), algorithm.length) == kRsaIdentifier &&
           asn1_der_iterator_next(&at) == ASN1_ITERATOR_PRIMITIVE && at.type == ASN1_BITSTRING &&
           asn1_der_decode_bitstring_last(&at) == ASN1_ITERATOR_CONSTRUCTED &&
           rsa_public_key_from_der_iterator(&key_, kMaxRsaBits, &at) == 1 &&
           mpz_sizeinbase(key_.e, 2) <= kMaxRsaExponentBits;
  }

  std::size_t bits() const { return mpz_sizeinbase(key_.n, 2); }
  std::size_t octets() const { return key_.size; }

  bool verifies(std::string_view digest, std::string_view signature) const {
    mpz_t number;
    nettle_mpz_init_set_str_256_u(number, signature.size(), octets_of(signature));
    const bool right = rsa_sha256_verify_digest(&key_, octets_of(digest), number) == 1;
    mpz_clear(number);
    return right;
  }

 private:
  rsa_public_key key_{};
};

}  // namespace

SignatureCheck check_rsa_sha256(std::string_view key, std::string_view digest, std::string_view signature) {
  RsaKey rsa;
  if (!rsa.read(key)) return SignatureCheck::no_key;
  if (rsa.bits() < kMinRsaBits) return SignatureCheck::short_key;
  if (digest.size() != SHA256_DIGEST_SIZE || signature.size() != rsa.octets()) return SignatureCheck::wrong;
  return rsa.verifies(digest, signature) ? SignatureCheck::right : SignatureCheck::wrong;
}

SignatureCheck check_ed25519_sha256(std::string_view key, std::string_view digest, std::string_view signature) {
  if (key.size() != ED25519_KEY_SIZE) return SignatureCheck::no_key;
  if (digest.size() != SHA256_DIGEST_SIZE || signature.size() != ED25519_SIGNATURE_SIZE) return SignatureCheck::wrong;
  const bool right = ed25519_sha512_verify(octets_of(key), digest.size(), octets_of(digest), octets_of(signature)) == 1;
  return right ? SignatureCheck::right : SignatureCheck::wrong;
}

}  // namespace majlis::mail
