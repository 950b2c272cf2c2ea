#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::lists {

// Patterns of Mailman 2.1, which are Python's regular expressions, in our words and back; one that addresses are
// searched with becomes an address pattern in foreign/python/address_expression.h.

// The line that says in Mailman what an address or an address pattern says.
std::string expression_of_wildcard(std::string_view pattern);

// One that text is searched with, letter case ignored, as a pattern of ours (base/regex.h); nullopt: it is none there.
std::optional<std::string> pattern_of(std::string_view expression);
std::string expression_of_pattern(std::string_view pattern);

// One of acceptable_aliases, which begins where the address does, as ours ("/^(?:cooks-old)/i"), and back. What is no
// expression stands for itself. "": too long for a pattern.
std::string alias_pattern_of(std::string_view expression);
std::string expression_of_alias(std::string_view pattern);

}  // namespace majlis::lists
