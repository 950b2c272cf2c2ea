#pragma once

#include <vector>

#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/erased_thing.h"
#include "lists/upkeep/person_words.h"

namespace majlis::lists {

// The person in jobs, those on hold and in spool/bad too: mail to it alone is cancelled, everybody else's goes on,
// without it. `again`: a run of majlis-flush is at work on one of them.
Status erase_in_jobs(const Site& site, const PersonWords& person, Erasing erasing, std::vector<ErasedThing>& things);

}  // namespace majlis::lists
