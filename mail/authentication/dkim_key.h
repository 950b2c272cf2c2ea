#pragma once

#include <string>
#include <string_view>

#include "mail/authentication/dkim_signature.h"

namespace majlis::mail {

// A key record (RFC 6376 3.6.1).
struct DkimKey {
  std::string octets;                   // of the key itself
  bool names_domain_exactly = false;    // t=s: i= must be d=, not below it
  DkimFault fault = DkimFault::no_key;  // none: it is one
};

// Reads a record as the key that `signature` was made with. The fault is no_key for what is malformed, of another
// version, for another algorithm or hash or for other services than mail; revoked; testing. Pure; linear.
DkimKey parse_dkim_key(std::string_view record, DkimAlgorithm algorithm);

}  // namespace majlis::mail
