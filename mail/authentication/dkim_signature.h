#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace majlis::mail {

enum class DkimAlgorithm { rsa_sha256, ed25519_sha256 };
enum class Canonicalization { simple, relaxed };

// Why a signature shows nothing; `none`: it does.
enum class DkimFault {
  none,
  malformed,          // no DKIM-Signature of version 1
  other_algorithm,    // rsa-sha1 and what nobody knows (RFC 8301 3.1)
  bad_identity,       // i= is not in d=
  from_not_signed,    // h= has no From
  length_limit,       // l=: anybody may write behind what is signed
  expired,            // x= has passed
  repeated_field,     // a field that may stand once stands twice: readers see one, the signature may mean the other
  no_key,             // there is none of that name, or it is no key for this
  revoked,            // an empty key
  testing,            // t=y: its owner wants it to count as unsigned
  short_key,          // under 1,024 bits
  key_not_found_out,  // the name server did not answer
  other_body,         // the body is not what was signed
  wrong,              // the signature is not of this header by this key
};
const char* word_for(DkimFault fault);

// A DKIM-Signature field (RFC 6376 3.5).
struct DkimSignature {
  DkimAlgorithm algorithm = DkimAlgorithm::rsa_sha256;
  Canonicalization header = Canonicalization::simple;
  Canonicalization body = Canonicalization::simple;
  std::string domain;                      // d=, canonical
  std::string selector;                    // s=, in lower case
  std::string identity_domain;             // of i=, canonical; d= without one
  std::vector<std::string> signed_fields;  // h=, in lower case
  std::string signature;                   // b=, octets
  std::string body_hash;                   // bh=, octets
  std::optional<UnixTime> expires;         // x=
  bool has_length_limit = false;           // l=
  std::size_t value_begin = 0;             // of b=, as offsets into the body of the field
  std::size_t value_end = 0;

  std::string key_name() const { return selector + "._domainkey." + domain; }
};

struct DkimReading {
  std::optional<DkimSignature> signature;
  DkimFault fault = DkimFault::none;  // why there is none
};

// Reads the body of a field as it stands in the message, folds kept. What can be told from it alone makes it none:
// malformed, other_algorithm, bad_identity, from_not_signed. Pure; linear.
DkimReading parse_dkim_signature(std::string_view body);

}  // namespace majlis::mail
