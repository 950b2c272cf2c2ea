#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::lists {

// Tells who may become a member: everybody but the site's own addresses, because a list that is on a list is a loop.
class Admission {
 public:
  static Result<Admission> open(const Site& site);

  // "ann@example.org" or "Ann Lee <ann@example.org>"; refused with the reason, printable.
  Result<mail::Mailbox> read(std::string_view written) const;

 private:
  Admission(const Site& site, std::set<std::string> domains) : site_(&site), domains_(std::move(domains)) {}

  const Site* site_;
  std::set<std::string> domains_;  // only there can an address be the site's
};

}  // namespace majlis::lists
