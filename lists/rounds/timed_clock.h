#pragma once

#include <functional>
#include <string_view>

#include "lists/site/site.h"

namespace majlis::lists {

enum class ClockTrust { trusted, doubted };

// What one look at the clock says beside what earlier looks have left; pure.
struct ClockSight {
  UnixTime seen = 0;           // the last look; 0: never
  UnixTime doubted_until = 0;  // after a leap forward
  friend bool operator==(const ClockSight&, const ClockSight&) = default;
};
enum class ClockMove { steady, leapt, set_back };
struct ClockFinding {
  ClockMove move;
  ClockSight sight;  // to be remembered
  ClockTrust trust;
};
ClockFinding judge_clock(const ClockSight& before, UnixTime now);

// Looks at the clock and remembers it in the store. When it was set back, the due items that were scheduled by the time
// that is not yet are taken back with it. When it leapt, the items of those kinds that `rests` says yes to are put off
// by as much: either the time has not passed, or nobody was there to answer while it did. Both may be done again by a
// run after one that was killed. What cannot be read or written is logged, and the clock doubted.
ClockTrust look_at_clock(const Site& site, UnixTime now, const std::function<bool(std::string_view kind)>& rests);

}  // namespace majlis::lists
