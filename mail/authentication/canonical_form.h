#pragma once

#include <string>
#include <string_view>

#include "mail/authentication/dkim_signature.h"
#include "mail/authentication/sha256.h"

namespace majlis::mail {

// Canonical forms of RFC 6376 3.4. Line ends are CRLF in what is hashed, however they are written here. Linear; memory
// does not grow with the body.

// The SHA-256 of a body, 32 octets.
std::string body_hash(std::string_view body, Canonicalization form);

// Whether two bodies have the same body_hash(), without reading on behind what tells. No memory.
bool is_same_body(std::string_view one, std::string_view other, Canonicalization form);

// Adds a field to a hash, `octets` being the whole of it with its folds; with its line end or, of the signature itself,
// without one.
enum class FieldEnd { kept, left_out };
void add_field(Sha256& hash, std::string_view octets, Canonicalization form, FieldEnd end = FieldEnd::kept);

}  // namespace majlis::mail
