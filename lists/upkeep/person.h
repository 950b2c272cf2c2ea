#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::lists {

// How an address agreed to be a member of a list.
struct ConsentView {
  std::string list;
  UnixTime time = 0;
  std::string token;             // SHA-256 of the token that was mailed to it
  std::string from;              // the address it came back from
  UnixTime approved = 0;         // when an owner let it in; 0: nobody had to
  std::string approved_by = {};  // the owner's address, "majlis" for the administrator
};
// Of the lists it is on, sorted.
Result<std::vector<ConsentView>> consents_of(const Site& site, const mail::Address& address);

// Since when the address has a password for all lists; nullopt: it has none.
Result<std::optional<UnixTime>> password_since(const Site& site, const mail::Address& address);

}  // namespace majlis::lists
