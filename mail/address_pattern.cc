#include "mail/address_pattern.h"

#include <algorithm>

#include "base/text.h"
#include "base/wildcard.h"

namespace majlis::mail {
namespace {

bool may_stand_in_pattern(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet > ' ' && octet != 0x7F && c != '<' && c != '>';
}

// The domain as addresses have it, where it is a whole one.
std::string with_canonical_domain(const std::string& pattern) {
  const std::size_t at = pattern.rfind('@');
  if (at == std::string::npos || pattern.find(kAnything, at) != std::string::npos) return pattern;
  const std::optional<Address> any = Address::parse("x" + pattern.substr(at));
  return any ? pattern.substr(0, at + 1) + any->domain() : pattern;
}

}  // namespace

bool is_pattern(std::string_view written) { return written.find(kAnything) != std::string_view::npos; }

std::optional<std::string> address_pattern(std::string_view written) {
  const std::string_view content = trim(written);
  if (!is_pattern(content)) {
    const std::optional<Address> address = Address::parse(content);
    return address ? std::optional(address->canonical()) : std::nullopt;
  }
  const bool is_one = content.size() <= kMaxAddressPatternOctets && is_valid_utf8(content) &&
                      std::all_of(content.begin(), content.end(), may_stand_in_pattern);
  if (!is_one) return std::nullopt;
  return with_canonical_domain(to_lower_ascii(content));
}

bool matches_address(std::string_view pattern, const Address& address) {
  return matches_wildcard(pattern, address.canonical());
}

}  // namespace majlis::mail
