#include "base/wildcard.h"

#include <cstring>

namespace majlis {
namespace {

// glibc's memmem() is linear, std::string_view::find() is not.
std::size_t find(std::string_view text, std::string_view piece) {
  const void* found = memmem(text.data(), text.size(), piece.data(), piece.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

// What stands between two '*' is taken where it comes first: that leaves the most for what follows.
bool matches_wildcard(std::string_view pattern, std::string_view text) {
  const std::size_t first = pattern.find(kAnything);
  if (first == std::string_view::npos) return pattern == text;
  const std::size_t last = pattern.rfind(kAnything);
  const std::string_view head = pattern.substr(0, first);
  const std::string_view tail = pattern.substr(last + 1);
  if (text.size() < head.size() + tail.size() || !text.starts_with(head) || !text.ends_with(tail)) return false;
  text = text.substr(head.size(), text.size() - head.size() - tail.size());
  std::string_view rest = pattern.substr(first, last - first);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view piece = rest.substr(0, rest.find(kAnything));
    rest.remove_prefix(piece.size());
    if (piece.empty()) continue;
    const std::size_t at = find(text, piece);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + piece.size());
  }
  return true;
}

}  // namespace majlis
