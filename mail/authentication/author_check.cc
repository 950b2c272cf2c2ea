#include "mail/authentication/author_check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "mail/domain.h"

namespace majlis::mail {
namespace {

// A property that names the domain a method has shown. Programs before RFC 7001, and some after it, wrote smtp.mail and
// smtp.mfrom.
struct DomainProperty {
  std::string_view method;
  std::string_view type;
  std::string_view name;
  AuthenticatedBy by;
};
constexpr std::array kDomainProperties = {
    DomainProperty{"dmarc", "header", "from", AuthenticatedBy::dmarc},
    DomainProperty{"dkim", "header", "d", AuthenticatedBy::dkim},
    DomainProperty{"dkim", "header", "i", AuthenticatedBy::dkim},
    DomainProperty{"spf", "smtp", "mailfrom", AuthenticatedBy::spf},
    DomainProperty{"spf", "smtp", "mfrom", AuthenticatedBy::spf},
    DomainProperty{"spf", "smtp", "mail", AuthenticatedBy::spf},
};

struct ShownDomain {
  std::string domain;
  AuthenticatedBy by;
};

// Of "user@domain", "@domain", "domain", in angle brackets or without.
std::optional<std::string> domain_in(std::string_view value) {
  if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
  const std::size_t at = value.rfind('@');
  return canonical_domain(at == std::string_view::npos ? value : value.substr(at + 1));
}

std::vector<ShownDomain> domains_shown_by(const std::vector<AuthenticationResult>& results) {
  std::vector<ShownDomain> shown;
  for (const AuthenticationResult& result : results) {
    if (result.result != "pass") continue;
    for (const DomainProperty& row : kDomainProperties) {
      if (result.method != row.method) continue;
      const std::optional<std::string_view> value = result.property(row.type, row.name);
      std::optional<std::string> domain = value ? domain_in(*value) : std::nullopt;
      if (domain) shown.push_back({std::move(*domain), row.by});
    }
  }
  return shown;
}

std::vector<ShownDomain> domains_shown_by(const std::vector<DkimResult>& signatures) {
  std::vector<ShownDomain> shown;
  for (const DkimResult& result : signatures) {
    if (!result.passed()) continue;
    shown.push_back({result.domain, AuthenticatedBy::signature});
    shown.push_back({result.identity_domain, AuthenticatedBy::signature});
  }
  return shown;
}

// dmarc=pass is about one domain, whatever its organisation.
bool needs_equal(const ShownDomain& shown) { return shown.by == AuthenticatedBy::dmarc; }

AuthenticatedBy find_aligned(const std::string& author_domain, const std::vector<ShownDomain>& shown,
                             const SameOrganization& same_organization) {
  const auto equal =
      std::find_if(shown.begin(), shown.end(), [&](const ShownDomain& each) { return each.domain == author_domain; });
  if (equal != shown.end()) return equal->by;
  std::vector<std::string> asked;
  for (const ShownDomain& each : shown) {
    if (needs_equal(each) || std::find(asked.begin(), asked.end(), each.domain) != asked.end()) continue;
    if (asked.size() == kMaxDomainsAsked) break;
    asked.push_back(each.domain);
    if (same_organization(author_domain, each.domain)) return each.by;
  }
  return AuthenticatedBy::nothing;
}

}  // namespace

const char* word_for(AuthenticatedBy by) {
  switch (by) {
    case AuthenticatedBy::nothing: return "nothing";
    case AuthenticatedBy::dmarc: return "dmarc";
    case AuthenticatedBy::dkim: return "dkim";
    case AuthenticatedBy::spf: return "spf";
    case AuthenticatedBy::signature: return "signature";
  }
  return "nothing";
}

AuthenticatedBy check_author(const std::string& author_domain, const std::vector<AuthenticationResult>& results,
                             const SameOrganization& same_organization, const SignatureResults& signatures) {
  const AuthenticatedBy by = find_aligned(author_domain, domains_shown_by(results), same_organization);
  if (by != AuthenticatedBy::nothing || !signatures) return by;
  return find_aligned(author_domain, domains_shown_by(signatures()), same_organization);
}

}  // namespace majlis::mail
