#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "mail/authentication/dkim_signature.h"
#include "mail/message.h"

namespace majlis::mail {

// What the DNS says about the texts of a name.
struct KeyAnswer {
  enum class Kind { found, none, failed };
  Kind kind = Kind::failed;
  std::vector<std::string> records;
};
using KeyLookup = std::function<KeyAnswer(const std::string& name)>;

// What one signature shows: without a fault, that `domain` vouches for the message as it is.
struct DkimResult {
  DkimFault fault = DkimFault::malformed;
  std::string domain = {};           // d=, canonical; empty when malformed
  std::string identity_domain = {};  // of i=, canonical
  std::string selector = {};

  bool passed() const { return fault == DkimFault::none; }
};

constexpr std::size_t kMaxSignatures = 8;  // looked at, from the top; each may cost a question to the DNS

// Verifies the signatures of a message (RFC 6376, 8301, 8463) in the order of its header. Stricter than they are: what
// a reader may see otherwise than the signer counts as unsigned (l=, short keys, a second From). The key is asked for
// last, so only for a signature that may pass. Linear in the message for each canonical form of bodies. `message` as it
// came: line ends are CRLF to the hash, whatever they are now.
std::vector<DkimResult> verify_dkim(const Message& message, UnixTime now, const KeyLookup& lookup);

}  // namespace majlis::mail
