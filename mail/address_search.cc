#include "mail/address_search.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/domain.h"

namespace majlis::mail {
namespace {

constexpr std::array<std::string_view, 5> kAts = {"@", "%40", "&#64;", "&#x40;", "&commat;"};
constexpr std::string_view kFirstOctets = "@%&";

bool is_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr std::string_view kBetweenWords = "._-+";  // of a local part

// "%3Cann" in a link: what stands in front is a whole character.
bool ends_in_percent_code(std::string_view text) {
  const std::size_t size = text.size();
  return size >= 3 && text[size - 3] == '%' && is_hex_digit(text[size - 2]) && is_hex_digit(text[size - 1]);
}

// "joe.ann" is somebody else, "--ann" is not.
bool begins_here(std::string_view in_front) {
  const std::size_t last = in_front.find_last_not_of(kBetweenWords);
  in_front = in_front.substr(0, last == std::string_view::npos ? 0 : last + 1);
  return in_front.empty() || !is_alphanumeric(in_front.back()) || ends_in_percent_code(in_front);
}

bool ends_here(std::string_view behind, SearchIn where) {
  if (where == SearchIn::names && behind.starts_with('.')) return true;
  if (behind.starts_with('.') || behind.starts_with('-')) behind.remove_prefix(1);
  return behind.empty() || !is_alphanumeric(behind.front());
}

struct Halves {
  std::string local, domain;
};

std::vector<Halves> halves_of(std::span<const Address> addresses) {
  std::vector<Halves> all;
  for (const Address& address : addresses) {
    const std::string text = address.text();
    const std::size_t at = text.rfind('@');
    all.push_back({text.substr(0, at), text.substr(at + 1)});
    std::string written = domain_in_unicode(address.domain());
    if (written != address.domain()) all.push_back({text.substr(0, at), std::move(written)});
  }
  return all;
}

// Octets of an '@' in one of its forms at the start of `text`; 0: none.
std::size_t at_sign(std::string_view text) {
  for (const std::string_view form : kAts) {
    if (starts_with_ignoring_case(text, form)) return form.size();
  }
  return 0;
}

bool stands_around(const Halves& address, std::string_view in_front, std::string_view behind, SearchIn where) {
  const std::size_t octets = address.local.size();
  return in_front.size() >= octets && starts_with_ignoring_case(behind, address.domain) &&
         equals_ignoring_case(in_front.substr(in_front.size() - octets), address.local) &&
         begins_here(in_front.substr(0, in_front.size() - octets)) &&
         ends_here(behind.substr(address.domain.size()), where);
}

}  // namespace

std::vector<TextRange> find_addresses(std::string_view text, std::span<const Address> addresses, SearchIn where) {
  std::vector<TextRange> found;
  const std::vector<Halves> wanted = halves_of(addresses);
  std::size_t kept_from = 0;  // what stands before belongs to one that was found
  for (std::size_t at = text.find_first_of(kFirstOctets); at != std::string_view::npos;
       at = text.find_first_of(kFirstOctets, at + 1)) {
    const std::size_t sign = at_sign(text.substr(at));
    if (sign == 0 || at < kept_from) continue;
    const std::string_view in_front = text.substr(kept_from, at - kept_from);
    const std::string_view behind = text.substr(at + sign);
    const auto here = std::find_if(wanted.begin(), wanted.end(),
                                   [&](const Halves& each) { return stands_around(each, in_front, behind, where); });
    if (here == wanted.end()) continue;
    found.push_back({at - here->local.size(), at + sign + here->domain.size()});
    kept_from = found.back().end;
  }
  return found;
}

std::string with_replaced(std::string_view text, std::span<const TextRange> ranges, std::string_view replacement) {
  std::string out;
  std::size_t kept_to = 0;
  for (const TextRange& range : ranges) {
    out.append(text.substr(kept_to, range.begin - kept_to)).append(replacement);
    kept_to = range.end;
  }
  return out.append(text.substr(kept_to));
}

}  // namespace majlis::mail
