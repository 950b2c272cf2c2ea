#pragma once

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// Timed work. What waits, of every kind, to the moderators, with the words that decide; once a day while something
// does.
Status remind_of_pending(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
