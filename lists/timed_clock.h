#pragma once

#include "lists/site.h"

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

// Looks at the clock, remembers it in the store, and when it was set back takes the due items back that were scheduled
// by the time that is not yet. What cannot be read or written is logged, and the clock doubted.
ClockTrust look_at_clock(const Site& site, UnixTime now);

}  // namespace majlis::lists
