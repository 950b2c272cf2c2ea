#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"

namespace majlis::spool {

constexpr UnixTime kFirstDelay = 5 * 60;
constexpr UnixTime kLongestDelay = 4 * 3600;

// Seconds until try number `attempt` + 1 (attempt >= 1): five minutes, doubling to four hours, less up to a fifth that
// depends on `name` and `attempt`, so that what failed together does not come back together. Pure.
UnixTime backoff_delay(unsigned attempt, std::string_view name);

}  // namespace majlis::spool
