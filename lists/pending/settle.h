#pragma once

#include <string_view>

#include "lists/effects/pending.h"

namespace majlis::lists {

// Decides about what waits under this id, whatever its kind; refused when nothing does (any more). `reason` is told by
// `reject`.
Status settle_pending(Work& work, const List& list, std::string_view id, Settlement settlement,
                      std::string_view reason);

// Timed work. What nobody decided about goes.
Status expire_pending(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
