#include "mail/bounces/bounce_address.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kDecoration = " \t<>'*([-:;";
constexpr std::string_view kAddressEnd = " \t<>()[]\",;:|\\";
constexpr std::array<std::string_view, 3> kPrefixes = {"mailto:", "smtp:", "smtp <"};
constexpr std::size_t kMaxAddressOctets = 320;
constexpr std::size_t kMaxMailboxesTried = 20;

// The code point written in hexadecimal, nullopt when it is none.
std::optional<char32_t> hex_number(std::string_view digits) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// "\x{HEX}" of RFC 6533 3 undone.
std::string decode_embedded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t close = text.starts_with("\\x{") ? text.find('}') : std::string_view::npos;
    const std::optional<char32_t> point =
        close == std::string_view::npos ? std::nullopt : hex_number(text.substr(3, close - 3));
    if (point) append_utf8(out, *point);
    if (!point) out += text.front();
    text.remove_prefix(point ? close + 1 : 1);
  }
  return out;
}

// "+HH" of RFC 3461 4 undone.
std::string decode_xtext(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::optional<char32_t> octet =
        text.front() == '+' && text.size() > 2 ? hex_number(text.substr(1, 2)) : std::nullopt;
    out += octet ? static_cast<char>(*octet) : text.front();
    text.remove_prefix(octet ? 3 : 1);
  }
  return out;
}

bool is_ascii_octet(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Of a script that sets no blanks between words (all of them take three octets and more), or its punctuation.
bool is_of_wide_character(std::string_view text, std::size_t at) {
  constexpr unsigned char kThreeOctets = 0xE0;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return static_cast<unsigned char>(text[at]) >= kThreeOctets;
}

// An address whose domain is ASCII ends where such a script goes on.
std::size_t wide_end(std::string_view text, std::size_t end) {
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos || sign + 1 >= end || !is_ascii_octet(text[sign + 1])) return end;
  for (std::size_t at = sign + 1; at < end; ++at) {
    if (is_of_wide_character(text, at)) return at;
  }
  return end;
}

// Words without blanks between, and right behind them an ASCII address.
bool is_behind_wide_words(std::string_view word) {
  const std::size_t sign = word.find('@');
  if (sign == std::string_view::npos || sign == 0 || !is_ascii_octet(word[sign - 1])) return false;
  for (std::size_t at = 0; at < sign; ++at) {
    if (is_of_wide_character(word, at)) return sign + 1 < word.size() && is_ascii_octet(word[sign + 1]);
  }
  return false;
}

// A word that begins with a quoted local part ends behind the domain.
std::size_t word_end(std::string_view text) {
  std::size_t from = 0;
  if (text.starts_with('"')) {
    const std::size_t close = text.find("\"@", 1);
    if (close == std::string_view::npos || close > kMaxAddressOctets) return 0;
    from = close + 2;
  }
  return wide_end(text, std::min(text.find_first_of(kAddressEnd, from), text.size()));
}

std::optional<Address> parse_word(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == '\'')) word.remove_suffix(1);
  if (word.size() > kMaxAddressOctets || word.find('@') == std::string_view::npos) return std::nullopt;
  return Address::parse(word);
}

bool may_stand_before(char c) { return kAddressEnd.find(c) != std::string_view::npos || c == '\'' || c == '='; }

}  // namespace

std::optional<FoundAddress> address_at_head(std::string_view text) {
  const std::string_view whole = text;
  bool skipped = true;
  while (skipped) {
    skipped = false;
    while (!text.empty() && kDecoration.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    const auto prefix = std::find_if(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view candidate) {
      return starts_with_ignoring_case(text, candidate);
    });
    if (prefix != kPrefixes.end()) {
      text.remove_prefix(prefix->size());
      skipped = true;
    } else if (text.starts_with('"') && !parse_word(text.substr(0, word_end(text)))) {
      text.remove_prefix(1);
      skipped = true;
    }
  }
  const std::size_t end = word_end(text);
  if (is_behind_wide_words(text.substr(0, end))) return std::nullopt;
  std::optional<Address> address = parse_word(text.substr(0, end));
  if (!address) return std::nullopt;
  return FoundAddress{std::move(*address), whole.size() - text.size() + end};
}

std::optional<FoundAddress> address_inside(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t tried = 0; tried < kMaxMailboxesTried; ++tried) {
    const std::size_t sign = text.find('@', at);
    if (sign == std::string_view::npos) return std::nullopt;
    const bool is_ascii_local = sign > at && is_ascii_octet(text[sign - 1]);
    std::size_t begin = sign;
    while (begin > at && !may_stand_before(text[begin - 1]) &&
           !(is_ascii_local && is_of_wide_character(text, begin - 1))) {
      --begin;
    }
    if (std::optional<FoundAddress> found = address_at_head(text.substr(begin))) {
      found->end += begin;
      return found;
    }
    at = sign + 1;
  }
  return std::nullopt;
}

std::optional<Address> parse_typed_address(std::string_view body) {
  const std::size_t semicolon = body.find(';');
  const std::string_view type = semicolon == std::string_view::npos ? "" : trim(body.substr(0, semicolon));
  const std::string_view value = trim(semicolon == std::string_view::npos ? body : body.substr(semicolon + 1));
  const std::string decoded = equals_ignoring_case(type, "utf-8") ? decode_embedded(value) : std::string(value);
  if (std::optional<Address> whole = parse_word(decoded)) return whole;
  // What reads as an address is one: its '+' belongs to it.
  if (std::optional<FoundAddress> found = address_at_head(decoded)) return std::move(found->address);
  if (decoded.find('@') != std::string::npos) return std::nullopt;
  return Address::parse(decode_xtext(decoded));
}

}  // namespace majlis::mail
