#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/unicode.h"

namespace majlis {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void append_hex(std::string& out, unsigned char octet) {
  out += kHexDigits[octet >> 4U];
  out += kHexDigits[octet & 15U];
}

// "\\u202a", or two of them (UTF-16) beyond U+FFFF.
void append_json_escape(std::string& out, char32_t code_point) {
  const auto append_unit = [&](char32_t unit) {
    out += "\\u";
    append_hex(out, static_cast<unsigned char>(unit >> 8U));
    append_hex(out, static_cast<unsigned char>(unit & 0xFFU));
  };
  constexpr char32_t kFirstBeyond = 0x10000;
  if (code_point >= kFirstBeyond) {
    append_unit(0xD800U + ((code_point - kFirstBeyond) >> 10U));
    append_unit(0xDC00U + ((code_point - kFirstBeyond) & 0x3FFU));
  } else {
    append_unit(code_point);
  }
}

}  // namespace

char to_lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return to_lower_ascii(c); });
  return lower;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return to_lower_ascii(x) == to_lower_ascii(y); });
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::size_t find_ignoring_case(std::string_view text, std::string_view needle) {
  const auto found = std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                                 [](char x, char y) { return to_lower_ascii(x) == to_lower_ascii(y); });
  if (found == text.end() && !needle.empty()) return std::string_view::npos;
  return static_cast<std::size_t>(found - text.begin());
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trim(std::string_view text) {
  const auto removable = [](char c) { return is_blank(c) || c == '\r' || c == '\n'; };
  while (!text.empty() && removable(text.front())) text.remove_prefix(1);
  while (!text.empty() && removable(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_blank(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    if (at > start) words.push_back(text.substr(start, at - start));
  }
  return words;
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t at = text.find(separator);
    pieces.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::string_view> next_line(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::optional<std::uint64_t> parse_number(std::string_view digits) {
  std::uint64_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, problem] = std::from_chars(digits.data(), end, number);
  if (digits.empty() || problem != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string printable(std::string_view text, std::size_t max_octets) {
  std::string safe;
  for (const char c : text.substr(0, max_octets)) {
    if (c >= ' ' && c <= '~') {
      safe += c;
    } else {
      safe += "\\x";
      append_hex(safe, static_cast<unsigned char>(c));
    }
  }
  if (text.size() > max_octets) safe += "...";
  return safe;
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto above = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    text.remove_prefix(static_cast<std::size_t>(std::find_if(text.begin(), text.end(), above) - text.begin()));
    if (text.empty()) break;
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_octets) {
  if (text.size() <= max_octets) return text;
  const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  while (max_octets > 0 && is_inside(text[max_octets])) --max_octets;
  return text.substr(0, max_octets);
}

std::string hex(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) append_hex(out, static_cast<unsigned char>(c));
  return out;
}

std::string printable_utf8(std::string_view text, std::size_t max_octets) {
  std::string safe;
  char32_t before = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = utf8_sequence_length(rest);
    std::string_view behind = rest;
    const char32_t code_point = next_code_point(behind);
    const std::string_view character = rest.substr(0, rest.size() - behind.size());
    if (text.size() - behind.size() > max_octets) return safe + "...";
    const Appearance appearance = appearance_of(code_point, before);
    const bool is_seen = appearance == Appearance::visible || appearance == Appearance::blank;
    safe += length > 0 && is_seen ? std::string(character) : printable(character, character.size());
    before = code_point;
    rest = behind;
  }
  return safe;
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char32_t code_point = next_code_point(text);
    const Appearance appearance = appearance_of(code_point);
    if (code_point == U'"' || code_point == U'\\') {
      out += '\\';
      out += static_cast<char>(code_point);
    } else if (appearance == Appearance::control || appearance == Appearance::hidden) {
      append_json_escape(out, code_point);
    } else {
      append_utf8(out, code_point);
    }
  }
  out += '"';
  return out;
}

}  // namespace majlis
