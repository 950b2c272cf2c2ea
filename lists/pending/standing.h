#pragma once

#include "lists/effects/pending.h"

namespace majlis::lists {

// Does what a ruling says of whom the item is about, from now on. Trusted: a member is moderated no more, by its option
// or as a new one; anybody else stands in accept_these_nonmembers. Banned: lists/effects/bans.h. Nothing where the item
// names nobody. refused, in words: there is no room for another one.
Status change_standing(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling);

}  // namespace majlis::lists
