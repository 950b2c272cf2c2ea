#pragma once

#include <optional>

#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "mail/address.h"

// How many posts a list distributed of late, against the settings that limit it.
namespace majlis::lists {

// One more, for those settings that are set.
Status count_post(Work& work, const List& list, const std::optional<mail::Address>& author);

// Whether as many posts were distributed in the last 60 minutes as flood_per_hour allows; never without that setting.
Result<bool> is_flooded(Work& work, const List& list);
// The same of flood_per_day, and of one author and author_posts_per_day; days are those of UTC.
Result<bool> is_flooded_today(Work& work, const List& list);
Result<bool> is_flooded_by(Work& work, const List& list, const mail::Address& author);

}  // namespace majlis::lists
