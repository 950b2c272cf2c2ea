#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lists/site/site.h"
#include "spool/job/points.h"
#include "store/records.h"

namespace majlis::lists {

// What a member's own copy says of the member: `named`, as the roster has it, and the token of its List-Unsubscribe.
spool::OwnWords words_of(const Site& site, std::string_view list, std::string_view address, std::string named,
                         store::ChangeNumber joined_at, const spool::WordsWanted& wanted);

// The same of members by the addresses they are delivered to, one for each; nothing of whoever is no member any more.
// One opening of the database.
Result<std::vector<spool::OwnWords>> words_of_members(const Site& site, const std::string& list,
                                                      const spool::WordsWanted& wanted,
                                                      const std::vector<std::string>& addresses);

}  // namespace majlis::lists
