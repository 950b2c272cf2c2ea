#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bin/admin/call/print.h"
#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::bin::admin {

// Where an address stands, and as what.
struct Found {
  std::string list;  // "" of the site
  std::string_view role;
  std::string text;  // behind the role, for people
  JsonLine json;
};

// By list. Only reads.
Result<std::vector<Found>> find_all(const lists::Site& site, const mail::Address& address);

}  // namespace majlis::bin::admin
