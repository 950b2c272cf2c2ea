#pragma once

#include "base/clock.h"
#include "lists/site/site.h"
#include "store/database.h"

namespace majlis::lists {

// Members of a store from before references were keyed get their rows in the index by keyed ones, once, a slice at a
// time: others get in between. Only then are tags made with them. A run that is killed begins again; what is there is
// only read.
Status change_to_keyed_references(const Site& site, UnixTime now);

// What the store has kept for tags with unkeyed references goes when the last of them is worth nothing any more. Not
// committed here.
Status forget_unkeyed_references(store::Writer& state, UnixTime now);

}  // namespace majlis::lists
