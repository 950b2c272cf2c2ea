#include "bin/admin/check/check.h"
#include "lists/rounds/site_check.h"

namespace majlis::bin::admin {

void check_dns(const lists::Site& site, Findings& findings) {
  const std::string& resolver = site.config().resolver;
  const std::string servers = resolver.empty() ? "the name servers of /etc/resolv.conf" : "the name server " + resolver;
  const std::string& domain = site.config().domain;
  const Result<std::string> policy = lists::ask_for_own_policy(site);
  if (!policy) {
    findings.push_back(
        wanting("dns", servers + ", asked about " + domain + ": " + without_rooms(policy.error().what),
                "set resolver in site.conf to a name server that answers; until then every domain counts "
                "as one with the DMARC policy p=reject"));
    return;
  }
  findings.push_back(ok(
      "dns",
      servers + ": " + domain + (policy->empty() ? " publishes no DMARC policy" : " has the DMARC policy " + *policy)));
}

}  // namespace majlis::bin::admin
