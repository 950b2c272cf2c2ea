#include "spool/job/staged_name.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kFingerprintOctets = 16;
constexpr std::size_t kMaxNumberDigits = 4;

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

bool is_staged_name(std::string_view name) {
  constexpr std::size_t kHexDigits = 2 * kFingerprintOctets;
  if (name.size() < kHexDigits + 2 || name.size() > kHexDigits + 1 + kMaxNumberDigits) return false;
  if (!std::all_of(name.begin(), name.begin() + kHexDigits, is_lower_hex) || name[kHexDigits] != '.') return false;
  const std::string_view digits = name.substr(kHexDigits + 1);
  return parse_number(digits).has_value() && (digits.size() == 1 || digits.front() != '0');
}

std::string staged_name(std::string_view fingerprint, unsigned number) {
  return hex(fingerprint.substr(0, kFingerprintOctets)) + "." + std::to_string(number);
}

Error not_a_staged_name(std::string_view name) {
  return Error{ErrorKind::refused, "spool: name \"" + printable(name, 80) + "\": not a staged name"};
}

}  // namespace majlis::spool
