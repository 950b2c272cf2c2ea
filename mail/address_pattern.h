#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/address.h"

namespace majlis::mail {

// Addresses as owners name many at once: an address, or a pattern in which '*' stands for anything, also for nothing.
// Nothing else is special, and case does not matter.

constexpr std::size_t kMaxAddressPatternOctets = 320;

// Whether it is one that names many.
bool is_pattern(std::string_view written);

// As it is compared: an address in its canonical form; a pattern in lower case, with its domain as A-labels where no
// '*' stands in that. nullopt: it is neither, as blanks, control characters or angle brackets stand in it.
std::optional<std::string> address_pattern(std::string_view written);

// `pattern`: what address_pattern() gave.
bool matches_address(std::string_view pattern, const Address& address);

}  // namespace majlis::mail
