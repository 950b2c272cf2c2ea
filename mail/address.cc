#include "mail/address.h"

#include <algorithm>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/domain.h"
#include "mail/local_part.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxAddressOctets = 254;   // RFC 5321 4.5.3.1.3: a path of 256 with its angle brackets
constexpr std::size_t kMaxLocalOctets = 64;      // as is_local_part() sees to, quotes included
constexpr std::size_t kMaxWrittenOctets = 2048;  // a domain in UTF-8 is longer than its A-labels

struct Halves {
  std::string local;  // unquoted
  std::string_view domain;
};

std::optional<Halves> split_quoted(std::string_view text) {
  std::string local;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (text.substr(at + 1, 1) != "@") return std::nullopt;
      return Halves{std::move(local), text.substr(at + 2)};
    }
    if (text[at] == '\\' && ++at == text.size()) return std::nullopt;
    local += text[at];
  }
  return std::nullopt;
}

// Dots may stand together or at an end: providers in Japan gave such addresses away, and mail programs write them
// without the quotes that RFC 5322 asks for.
bool is_dotted(std::string_view local) {
  return std::all_of(local.begin(), local.end(), [](char c) { return c == '.' || is_atom_octet(c); });
}

std::optional<Halves> split_plain(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || !is_dotted(text.substr(0, at))) return std::nullopt;
  return Halves{std::string(text.substr(0, at)), text.substr(at + 1)};
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  if (text.empty() || text.size() > kMaxWrittenOctets) return std::nullopt;
  std::optional<Halves> halves = text.front() == '"' ? split_quoted(text) : split_plain(text);
  if (!halves || !is_local_part(halves->local)) return std::nullopt;
  std::optional<std::string> domain = canonical_domain(halves->domain);
  if (!domain) return std::nullopt;
  Address address(std::move(halves->local), std::move(*domain));
  const bool may_be_long = address.domain_.size() + kMaxLocalOctets + 1 > kMaxAddressOctets;
  if (may_be_long && address.text().size() > kMaxAddressOctets) return std::nullopt;
  return address;
}

std::string Address::text() const { return quote_local_part(local_) + '@' + domain_; }

std::string Address::canonical() const { return to_lower_ascii(text()); }

bool Address::is_ascii() const { return majlis::is_ascii(local_); }

}  // namespace majlis::mail
