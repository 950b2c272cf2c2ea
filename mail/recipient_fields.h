#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

// The addresses that the body of a field like To or Cc names (RFC 5322 3.4), members of groups included, as they are
// written, in their order, at most `max`. What is between commas and has an '@' counts as one, however malformed it is:
// this is for counting and comparing, not for writing to. Linear.
std::vector<std::string> addresses_named_in(std::string_view field_body, std::size_t max);

}  // namespace majlis::mail
