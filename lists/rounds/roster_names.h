#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lists/site/site.h"

namespace majlis::lists {

// The names of members by the addresses they are delivered to, one for each; "" for whoever has none or is no member
// any more. One opening of the database.
Result<std::vector<std::string>> names_of_members(const Site& site, const std::string& list,
                                                  const std::vector<std::string>& addresses);

}  // namespace majlis::lists
