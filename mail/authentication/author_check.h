#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mail/authentication/authentication_results.h"
#include "mail/authentication/dkim.h"

namespace majlis::mail {

// By what the domain of a From field is shown to have sent the message.
enum class AuthenticatedBy {
  nothing,
  dmarc,      // our mail server's results: dmarc=pass with header.from equal
  dkim,       // dkim=pass with header.d or header.i in its organisation
  spf,        // spf=pass with smtp.mailfrom in its organisation
  signature,  // a signature that we verified, likewise
};
const char* word_for(AuthenticatedBy by);

// Whether two canonical domains that differ belong to one organisation (RFC 9989 4.10). May ask the DNS; false when
// nobody knows.
using SameOrganization = std::function<bool(const std::string& one, const std::string& other)>;
// verify_dkim() of the message; asked when nothing else has shown who sent it. Empty: we verify nothing.
using SignatureResults = std::function<std::vector<DkimResult>()>;

// What costs nothing comes first: results, domains that are equal. Beside the author's at most kMaxDomainsAsked domains
// are asked about.
AuthenticatedBy check_author(const std::string& author_domain, const std::vector<AuthenticationResult>& results,
                             const SameOrganization& same_organization, const SignatureResults& signatures);
constexpr std::size_t kMaxDomainsAsked = 8;

}  // namespace majlis::mail
