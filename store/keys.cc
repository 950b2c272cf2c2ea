#include "store/keys.h"

#include "base/text.h"
#include "store/records.h"

namespace majlis::store {
namespace {

constexpr char kEscape = '\0';
constexpr char kPartEnd = '\x01';
constexpr char kEscapedNul = '\xFF';
constexpr char kCursorSeparator = '/';  // stands in no domain
constexpr std::size_t kNumberOctets = 8;
constexpr std::uint64_t kSignBit = 1ULL << 63U;

}  // namespace

Key& Key::text(std::string_view part) {
  if (part.size() > kMaxKeyPartOctets) {
    too_long_ = true;
    part = part.substr(0, kMaxKeyPartOctets);
  }
  for (std::size_t nul = part.find(kEscape); nul != std::string_view::npos; nul = part.find(kEscape)) {
    octets_ += part.substr(0, nul + 1);
    octets_ += kEscapedNul;
    part.remove_prefix(nul + 1);
  }
  octets_ += part;
  octets_ += kEscape;
  octets_ += kPartEnd;
  return *this;
}

Key& Key::number(std::uint64_t value) {
  for (unsigned octet = kNumberOctets; octet-- > 0;) octets_ += static_cast<char>((value >> (8 * octet)) & 0xFFU);
  return *this;
}

Key& Key::time(UnixTime value) { return number(static_cast<std::uint64_t>(value) ^ kSignBit); }

Key& Key::address(const mail::Address& address) {
  return text(reversed_domain(address.domain())).text(to_lower_ascii(address.local()));
}

Key& Key::raw(std::string_view key) {
  octets_ += key;
  return *this;
}

Key Key::part_of(const mail::Address& address) {
  Key part;
  part.address(address);
  return part;
}

Key& Key::part(const Key& part) {
  octets_ += part.octets_;
  too_long_ = too_long_ || part.too_long_;
  return *this;
}

std::string reversed_domain(std::string_view domain) {
  std::string reversed;
  reversed.reserve(domain.size());
  for (;;) {
    const std::size_t dot = domain.rfind('.');
    reversed += domain.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (dot == std::string_view::npos) return reversed;
    reversed += '.';
    domain = domain.substr(0, dot);
  }
}

std::optional<std::string> take_text(std::string_view& rest) {
  std::string part;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] != kEscape) {
      part += rest[at];
      continue;
    }
    ++at;
    if (at >= rest.size()) return std::nullopt;
    if (rest[at] == kPartEnd) {
      rest.remove_prefix(at + 1);
      return part;
    }
    if (rest[at] != kEscapedNul) return std::nullopt;
    part += kEscape;
  }
  return std::nullopt;
}

std::optional<UnixTime> take_time(std::string_view& rest) {
  if (rest.size() < kNumberOctets) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : rest.substr(0, kNumberOctets)) value = value << 8U | static_cast<unsigned char>(c);
  rest.remove_prefix(kNumberOctets);
  return static_cast<UnixTime>(value ^ kSignBit);
}

std::string cursor_for(const mail::Address& address) {
  return reversed_domain(address.domain()) + kCursorSeparator + to_lower_ascii(address.local());
}

std::optional<std::string> cursor_of_key(std::string_view list, std::string_view key) {
  const std::string prefix = Key(Table::roster).text(list).octets();
  if (!key.starts_with(prefix)) return std::nullopt;
  key.remove_prefix(prefix.size());
  std::optional<std::string> cursor = take_text(key);
  const std::optional<std::string> local = take_text(key);
  if (!cursor || !local || !key.empty()) return std::nullopt;
  *cursor += kCursorSeparator;
  *cursor += *local;
  return cursor;
}

std::optional<std::string> key_of_cursor(std::string_view list, std::string_view cursor) {
  const std::size_t separator = cursor.find(kCursorSeparator);
  if (separator == std::string_view::npos) return std::nullopt;
  Key key(Table::roster);
  key.text(list).text(cursor.substr(0, separator)).text(cursor.substr(separator + 1));
  if (key.is_too_long()) return std::nullopt;
  return key.octets();
}

}  // namespace majlis::store
