#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace majlis::lists {

// The members of a list whose address is this one, or fits this pattern (mail/address_pattern.h); at most `max`. An
// address is found by its index; for a pattern the whole roster is walked.
Result<std::vector<store::Member>> members_matching(const store::View& state, const std::string& list,
                                                    std::string_view pattern, std::size_t max);

}  // namespace majlis::lists
