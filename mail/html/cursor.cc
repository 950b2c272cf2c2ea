#include "mail/html/cursor.h"

#include <algorithm>

#include "base/unicode.h"

namespace majlis::mail {

std::string with_nul_replaced(std::string_view text) {
  std::string replaced;
  replaced.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\0'), text.size());
    replaced += text.substr(0, plain);
    if (plain < text.size()) append_utf8(replaced, kReplacementCodePoint);
    text.remove_prefix(std::min(plain + 1, text.size()));
  }
  return replaced;
}

}  // namespace majlis::mail
