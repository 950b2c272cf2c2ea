#pragma once

#include <optional>
#include <string_view>

#include "lists/effects/pending.h"
#include "lists/posts/distribution.h"

namespace majlis::lists {

// Decides about what waits under this id, whatever its kind; refused when nothing does (any more). `reason` is told by
// `reject`. `copies`: what `approve` sends out of a post, made before (approvals.h).
Status settle_pending(Work& work, const List& list, std::string_view id, Settlement settlement, std::string_view reason,
                      std::optional<Copies> copies = std::nullopt);

// Timed work. What nobody decided about goes.
Status expire_pending(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
