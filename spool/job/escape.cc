#include "spool/job/escape.h"

#include <algorithm>

namespace majlis::spool {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool must_be_escaped(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet <= ' ' || octet == 0x7F || c == '%';
}

std::optional<unsigned> hex_value(char c) {
  const std::size_t at = kHexDigits.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

}  // namespace

void append_escaped(std::string& out, std::string_view value) {
  if (value.empty()) {
    out += '%';
    return;
  }
  if (std::none_of(value.begin(), value.end(), must_be_escaped)) {
    out += value;
    return;
  }
  for (const char c : value) {
    if (must_be_escaped(c)) {
      const auto octet = static_cast<unsigned char>(c);
      out += '%';
      out += kHexDigits[octet >> 4U];
      out += kHexDigits[octet & 15U];
    } else {
      out += c;
    }
  }
}

std::string escaped(std::string_view value) {
  std::string word;
  append_escaped(word, value);
  return word;
}

std::optional<std::string> unescaped(std::string_view word) {
  if (word == "%") return std::string();
  if (word.empty()) return std::nullopt;
  std::string value;
  value.reserve(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] != '%') {
      if (must_be_escaped(word[i])) return std::nullopt;
      value += word[i];
      continue;
    }
    if (word.size() - i < 3) return std::nullopt;
    const std::optional<unsigned> high = hex_value(word[i + 1]);
    const std::optional<unsigned> low = hex_value(word[i + 2]);
    if (!high || !low) return std::nullopt;
    value += static_cast<char>(*high << 4U | *low);
    i += 2;
  }
  return value;
}

}  // namespace majlis::spool
