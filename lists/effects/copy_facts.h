#pragma once

#include "lists/effects/domain_policies.h"
#include "lists/site/list.h"

namespace majlis::lists {

// What the copies of a post depend on beside the post and the list's settings.
class CopyFacts {
 public:
  // As DomainPolicies: before Work::begin(), or under the site's lock.
  CopyFacts(const Site& site, SiteDns& dns, UnixTime now) : policies_(site, dns, now), site_(&site) {}
  explicit CopyFacts(Work& work) : policies_(work), state_(&work.state()) {}

  const DomainPolicies& policies() const { return policies_; }
  UnixTime now() const { return policies_.now(); }
  // The header styles that some member of the list has: bits of store::kMemberHeaderStyle, perhaps with others. 0, and
  // a line in the log, where the store cannot be read within half a second.
  Result<std::uint32_t> header_styles(const List& list) const;

 private:
  DomainPolicies policies_;
  const Site* site_ = nullptr;
  const store::View* state_ = nullptr;
};

}  // namespace majlis::lists
