#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "spool/job/progress.h"

namespace majlis::spool {

constexpr UnixTime kFirstDelay = 5 * 60;
constexpr UnixTime kLongestDelay = 4 * 3600;

// Seconds until try number `attempt` + 1 (attempt >= 1): five minutes, doubling to four hours, less up to a fifth that
// depends on `name` and `attempt`, so that what failed together does not come back together. Pure.
UnixTime backoff_delay(unsigned attempt, std::string_view name);

// When somebody who was deferred may be tried again: by the number of tries and by the job and the domain, whose
// members so come back together and other domains at other times. Never later than kLongestDelay behind the last try;
// `now` when that was in the future (the clock was set back). Pure.
UnixTime next_try(const Wait& wait, std::string_view job_id, std::string_view address, UnixTime now);

}  // namespace majlis::spool
