#pragma once

#include <optional>
#include <string_view>

#include "lists/effects/pending.h"
#include "lists/posts/distribution/copies.h"

namespace majlis::lists {

// Decides about what waits under this id, whatever its kind; refused when nothing does (any more). `copies`: what
// `approve` sends out of a post, made before (approvals.h).
Status settle_pending(Work& work, const List& list, std::string_view id, const Ruling& ruling,
                      std::optional<Copies> copies = std::nullopt);

// Timed work. What nobody decided about goes.
Status expire_pending(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
