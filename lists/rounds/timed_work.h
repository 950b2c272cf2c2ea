#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "lists/effects/work.h"
#include "lists/rounds/timed_clock.h"
#include "lists/site/list.h"

namespace majlis::lists {

// Work that a list owes at a time: majlis-flush does it before it delivers. Whoever owes something schedules an item in
// the store's due table, in the transaction of its cause (work.state().schedule()); an index of times finds it. Nothing
// reads all lists.

// Every item is a piece of Work of its own. When `function` is called the item has left the table already: it is done
// with, unless the function schedules it again (or another). An Error undoes everything, the item too: it is tried
// again, later each time. The work's fingerprint is the item's own, so a run that was killed is finished by the next.
// An item whose list is gone is dropped.
using TimedFunction = Status (*)(Work& work, const List& list, const store::DueItem& item);

enum class Harm {
  none,
  discards,      // something goes that cannot be had again: not within a day of a leap of the clock
  ends_waiting,  // the same, and somebody had so long to answer: put off by as much as the clock leapt
};

// What is slow about an item, before the site's lock is taken: what it returns is the value of the item that `function`
// gets. Several runs may do it at once, and it may be done without `function` behind it.
using TimedPreparation = Result<std::string> (*)(const Site& site, const List& list, const store::DueItem& item);

struct TimedWork {
  std::string_view kind;  // DueItem::kind, the word in the log
  TimedFunction function;
  Harm harm;
  TimedPreparation preparation = nullptr;
};

std::span<const TimedWork> timed_work_table();

// What one run does at most; the next run goes on.
struct TimedLimits {
  std::size_t items = 1000;  // of each kind
  UnixTime seconds = 60;
  std::function<UnixTime()> clock;  // may be empty: no limit of time
};

// Does what is due at `now`, every kind and item by itself: an Error in one is logged and stops no other. Several runs
// at once do each item once. A clock that leaps forward lets nothing be discarded for a day; one that is set back takes
// the items that were scheduled meanwhile back with it. Returns whether the clock may be believed.
ClockTrust do_timed_work(const Site& site, std::span<const TimedWork> table, UnixTime now, const TimedLimits& limits);

}  // namespace majlis::lists
