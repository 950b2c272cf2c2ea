#include "lists/effects/domain_policies.h"

#include "base/log.h"
#include "net/dmarc.h"

namespace majlis::lists {
namespace {

using store::DomainPolicy;

DomainPolicy::Asks asks_of(net::DmarcPolicy policy) {
  switch (policy) {
    case net::DmarcPolicy::none: return DomainPolicy::Asks::nothing;
    case net::DmarcPolicy::quarantine: return DomainPolicy::Asks::quarantine;
    case net::DmarcPolicy::reject: return DomainPolicy::Asks::reject;
  }
  return DomainPolicy::Asks::reject;
}

DomainPolicy policy_of(const net::DmarcFinding& finding) {
  using Kind = net::DmarcFinding::Kind;
  switch (finding.kind) {
    case Kind::found: return {DomainPolicy::Record::found, asks_of(finding.policy), finding.is_test};
    case Kind::none: return {DomainPolicy::Record::none};
    case Kind::failed: break;
  }
  return {DomainPolicy::Record::unknown};
}

DomainPolicies::Found ask(SiteDns& dns, const std::string& domain, UnixTime now) {
  const net::DmarcFinding finding = net::find_dmarc_policy(domain, dns.lookup());
  if (finding.kind == net::DmarcFinding::Kind::failed) {
    log(Severity::warning, LogLine("dns").with("domain", domain).with("verdict", "failed").with("why", finding.why));
  }
  const DomainPolicy policy = policy_of(finding);
  return {policy, AskedPolicy{domain, policy, now + static_cast<UnixTime>(finding.seconds)}};
}

}  // namespace

Result<std::optional<DomainPolicy>> DomainPolicies::remembered(const std::string& domain) const {
  if (state_ != nullptr) return state_->find_domain_policy(domain, now_);
  Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
  if (!reader) return reader.error();
  return (*reader)->find_domain_policy(domain, now_);
}

Result<DomainPolicies::Found> DomainPolicies::find(const std::string& domain) const {
  Result<std::optional<DomainPolicy>> known = remembered(domain);
  if (!known) return known.error();
  if (*known) return Found{**known, std::nullopt};
  return dns_ == nullptr ? Found{} : ask(*dns_, domain, now_);
}

bool is_strict(const DomainPolicy& policy) {
  if (policy.record != DomainPolicy::Record::found) return policy.record == DomainPolicy::Record::unknown;
  return policy.asks != DomainPolicy::Asks::nothing;
}

Status remember_policy(Work& work, const std::optional<AskedPolicy>& asked) {
  if (!asked || asked->until <= work.now()) return {};
  return work.state().remember_domain_policy(asked->domain, asked->policy, asked->until);
}

}  // namespace majlis::lists
