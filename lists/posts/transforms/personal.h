#pragma once

#include <optional>

#include "lists/posts/transforms/transforms.h"
#include "spool/job/points.h"

namespace majlis::lists {

struct PersonalCopy {
  spool::PointedText letter;
  bool is_changed = false;  // as in FinishedCopy
};

// The copy of a post for a list whose members have copies of their own (has_own_copies()), with points where each
// member's has something of its own. Only words of the list's own texts and fields become points, never what the author
// wrote. nullopt: the post is the same for all.
Result<std::optional<PersonalCopy>> personalised(PostContext context, const Draft& post);

}  // namespace majlis::lists
