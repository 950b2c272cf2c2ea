#include "foreign/mailman/ban_pattern.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kSpecial = ".^$*+?{}[]|()";

}  // namespace

std::string ban_pattern(std::string_view written) {
  if (!written.starts_with('^')) return std::string(written);
  std::string_view rest = written.substr(1);
  const bool is_to_the_end = rest.ends_with('$') && !rest.ends_with("\\$");
  if (is_to_the_end) rest.remove_suffix(1);
  std::string pattern;
  while (!rest.empty()) {
    if (rest.starts_with(".*")) {
      if (!pattern.ends_with('*')) pattern += '*';
      rest.remove_prefix(2);
    } else if (rest.front() == '\\' && rest.size() > 1) {
      const bool is_plain = kSpecial.find(rest[1]) != std::string_view::npos || rest[1] == '@' || rest[1] == '-';
      if (!is_plain || rest[1] == '*') return std::string(written);
      pattern += rest[1];
      rest.remove_prefix(2);
    } else if (kSpecial.find(rest.front()) != std::string_view::npos) {
      return std::string(written);
    } else {
      pattern += rest.front();
      rest.remove_prefix(1);
    }
  }
  if (!is_to_the_end && !pattern.ends_with('*')) pattern += '*';
  return pattern;
}

}  // namespace majlis::foreign
