#pragma once

#include "base/result.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

// Tries every pattern that `now` has and `before` has not on hostile texts made from it: refused, with setting and
// pattern, when one takes too long. To be asked before a configuration is saved, not when it is read: what this does
// not find is bounded all the same, and then holds the post.
Status check_new_patterns(const ListConfig& now, const ListConfig& before);

}  // namespace majlis::lists
