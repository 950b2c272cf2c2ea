#pragma once

#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "lists/upkeep/erased_thing.h"
#include "lists/upkeep/person_words.h"

namespace majlis::lists {

// The person in the archives of all lists, and in what waits for digests: the posts stay, without the person. Read
// while mail comes in; it waits while the new files are put into place.
Status erase_in_archives(const Site& site, const PersonWords& person, Erasing erasing, UnixTime now,
                         std::vector<ErasedThing>& things);

}  // namespace majlis::lists
