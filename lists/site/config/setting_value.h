#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/site/config/settings.h"

namespace majlis::lists {

constexpr std::size_t kMaxValueOctets = 64 * 1024;  // of one array
constexpr std::size_t kMaxLineOctets = 998;         // RFC 5322 2.1.1
constexpr std::size_t kMaxValueLines = 1000;
constexpr std::size_t kMaxPatterns = 500;
constexpr std::size_t kMaxAddresses = 100;

// True for the types that hold several lines.
bool is_array(SettingType type);

// A value as a person writes it, checked and brought into the one form that is kept: choices in lower case, yes or no,
// numbers without leading zeros, addresses one a line, trailing blanks and trailing empty lines left out. Empty means
// that nothing is set. Refused with "name: why"; the value of a secret never stands in it.
Result<std::string> normalise_value(const SettingSpec& spec, std::string_view value);

}  // namespace majlis::lists
