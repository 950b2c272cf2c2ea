#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mail/address.h"

namespace majlis::mail {

struct FoundAddress {
  Address address;
  std::size_t end = 0;  // behind it, in the text that was searched
};

// The address a text begins with, once bullets, quotes, brackets, "mailto:" and "SMTP" in front are skipped; nullopt
// when anything else stands first.
std::optional<FoundAddress> address_at_head(std::string_view text);

// The first address anywhere in `text`.
std::optional<FoundAddress> address_inside(std::string_view text);

// The body of a Final-Recipient or Original-Recipient field (RFC 3464 2.3.2, RFC 6533 3): "rfc822; a@b",
// "utf-8; a\x{E9}@b", also without type, in brackets, or in xtext (RFC 3461 4).
std::optional<Address> parse_typed_address(std::string_view body);

}  // namespace majlis::mail
