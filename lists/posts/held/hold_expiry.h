#pragma once

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// Timed work. A post that nobody decided about goes: its row, its file. Its author was told when it was held.
Status expire_hold(Work& work, const List& list, const store::DueItem& item);
// What waits, to the moderators, with the words that decide; once a day while something does.
Status remind_of_holds(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
