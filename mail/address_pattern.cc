#include "mail/address_pattern.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr char kAnything = '*';

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

// From the last '*' that took too little it is tried again: at most one octet of both a step.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t in_text = 0;
  std::size_t star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (in_text < text.size()) {
    if (at < pattern.size() && pattern[at] == kAnything) {
      star = at++;
      behind_star = in_text;
    } else if (at < pattern.size() && pattern[at] == text[in_text]) {
      ++at;
      ++in_text;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in_text = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of(kAnything, at) == std::string_view::npos;
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

bool matches_address(std::string_view pattern, const Address& address) { return matches(pattern, address.canonical()); }

}  // namespace majlis::mail
