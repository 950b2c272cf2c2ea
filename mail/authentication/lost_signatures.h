#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message.h"

namespace majlis::mail {

// What a changed copy of a message has lost of what signatures cover (RFC 6376 3.4, 5.4): header fields that they name,
// those that must be absent included, and the body, each in the form that was signed. Nothing is verified: a signature
// is lost where what it covers differs.
struct SignatureLosses {
  // Something that a DKIM-Signature of the message covers differs; where it has none, something that one would: author,
  // Subject, To, Cc, Reply-To, what says how the body is written, the body.
  bool is_changed = false;
  // The fields of the copy that would say otherwise, by where each begins, in ascending order: DKIM-Signature,
  // DomainKey-Signature, and the ARC fields, all of them or none.
  std::vector<std::size_t> lost;
};

// `original` as it came; `copy` is what was made of it, line ends in the same style. Linear; of signatures
// kMaxSignaturesCompared are read, further ones are lost with what any signature would cover.
SignatureLosses compare_signed(const Message& original, std::string_view copy);
constexpr std::size_t kMaxSignaturesCompared = 20;

// The copy with these fields under another name: kLostPrefix in front of their own.
std::string with_renamed(std::string copy, const std::vector<std::size_t>& fields);
constexpr std::string_view kLostPrefix = "X-Majlis-Original-";

}  // namespace majlis::mail
