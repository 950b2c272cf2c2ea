#pragma once

#include <string>
#include <vector>

#include "search/query.h"

namespace majlis::search {

// The terms in FTS5's own language, each quoted, so that nothing in them is a part of it. "" when there is no word in
// any of them.
std::string match_text(const std::vector<Term>& terms);

}  // namespace majlis::search
