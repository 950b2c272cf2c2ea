#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// What waited for a decision in another system, by its name and time there.
struct WaitedElsewhere {
  std::string_view place;  // what tells it from others of its list
  UnixTime since = 0;
};

// Whether it has waited here, in the last ten years: then it does not wait again, whatever became of it.
Result<bool> has_moved_in(const store::View& state, const List& list, const WaitedElsewhere& what);
Status note_moved_in(Work& work, const List& list, const WaitedElsewhere& what);

}  // namespace majlis::lists
