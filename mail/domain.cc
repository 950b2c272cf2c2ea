#include "mail/domain.h"

#include <idn2.h>

#include <algorithm>

#include "base/digit.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mail/local_part.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLabelOctets = 63;      // RFC 1035 2.3.4
constexpr std::size_t kMaxDomainOctets = 253;    // the same, as text without the root's dot
constexpr std::size_t kMaxWrittenOctets = 1024;  // as UTF-8, before libidn2 sees it

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabelOctets) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

bool is_host_name(std::string_view domain) {
  if (domain.empty() || domain.size() > kMaxDomainOctets) return false;
  for (;;) {
    const std::size_t end = domain.find('.');
    const std::string_view label = domain.substr(0, end);
    if (!is_label(label)) return false;
    // "1.2.3.4" is an address somebody forgot the brackets of.
    if (end == std::string_view::npos) return !std::all_of(label.begin(), label.end(), is_digit);
    domain.remove_prefix(end + 1);
  }
}

bool is_visible(std::string_view text) {
  if (!is_valid_utf8(text)) return false;
  while (!text.empty()) {
    if (!may_tell_apart(next_code_point(text))) return false;
  }
  return true;
}

std::optional<std::string> to_a_labels(const std::string& domain) {
  uint8_t* converted = nullptr;
  // Never IDN2_USE_STD3_ASCII_RULES: it drops an underscore instead of refusing it.
  const int status = idn2_lookup_u8(reinterpret_cast<const uint8_t*>(domain.c_str()), &converted, IDN2_NONTRANSITIONAL);
  if (status != IDN2_OK) return std::nullopt;
  std::string labels(reinterpret_cast<const char*>(converted));
  idn2_free(converted);
  return labels;
}

}  // namespace

std::optional<std::string> canonical_domain(std::string_view text) {
  if (text.size() > kMaxWrittenOctets) return std::nullopt;
  std::optional<std::string> domain(to_lower_ascii(text));
  if (!is_ascii(text)) {
    if (!is_visible(text)) return std::nullopt;
    domain = to_a_labels(*domain);
    if (domain) domain = to_lower_ascii(*domain);
  }
  if (!domain || !is_host_name(*domain)) return std::nullopt;
  return domain;
}

std::string domain_in_unicode(const std::string& domain) {
  if (domain.find("xn--") == std::string::npos) return domain;
  char* converted = nullptr;
  if (idn2_to_unicode_8z8z(domain.c_str(), &converted, 0) != IDN2_OK) return domain;
  std::string written = converted;
  idn2_free(converted);
  return written;
}

}  // namespace majlis::mail
