#pragma once

#include <optional>
#include <string>

#include "lists/effects/work.h"
#include "lists/site/site.h"
#include "lists/site/site_dns.h"

namespace majlis::lists {

// What was asked for, to be remembered by whatever piece of work follows.
struct AskedPolicy {
  std::string domain;
  store::DomainPolicy policy;
  UnixTime until = 0;
};

// The DMARC policies of domains: from the store, as long as they are remembered there, else from the DNS.
class DomainPolicies {
 public:
  // Before Work::begin(): the store is opened for reading and closed again before anybody is asked. `dns` outlives
  // this.
  DomainPolicies(const Site& site, SiteDns& dns, UnixTime now) : site_(&site), dns_(&dns), now_(now) {}
  // Under the site's lock: who is not remembered is unknown.
  explicit DomainPolicies(Work& work) : state_(&work.state()), now_(work.now()) {}

  UnixTime now() const { return now_; }

  struct Found {
    store::DomainPolicy policy;
    std::optional<AskedPolicy> asked;
  };
  // An Error: the store. That nobody answers is a policy, too: unknown.
  Result<Found> find(const std::string& domain) const;

 private:
  Result<std::optional<store::DomainPolicy>> remembered(const std::string& domain) const;

  const Site* site_ = nullptr;
  SiteDns* dns_ = nullptr;
  const store::View* state_ = nullptr;
  UnixTime now_;
};

// Whether the domain wants mail that does not show where it comes from to be kept back (DMARC: quarantine or reject).
// Also where nobody knows.
bool is_strict(const store::DomainPolicy& policy);

Status remember_policy(Work& work, const std::optional<AskedPolicy>& asked);

}  // namespace majlis::lists
