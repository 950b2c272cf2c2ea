#include "spool/backoff.h"

#include <algorithm>
#include <string>

#include "base/checksum.h"
#include "spool/budgets.h"

namespace majlis::spool {

UnixTime backoff_delay(unsigned attempt, std::string_view name) {
  constexpr unsigned kDoublings = 6;  // 5 min * 2^6 is above kLongestDelay
  const unsigned doublings = std::min(attempt > 0 ? attempt - 1 : 0U, kDoublings);
  const UnixTime longest = std::min(kFirstDelay << doublings, kLongestDelay);
  const std::uint32_t noise = crc32c(std::to_string(attempt), crc32c(name));
  return longest - static_cast<UnixTime>(noise % static_cast<std::uint32_t>(longest / 5 + 1));
}

UnixTime next_try(const Wait& wait, std::string_view job_id, std::string_view address, UnixTime now) {
  if (wait.attempts == 0 || wait.since > now) return now;
  return wait.since + backoff_delay(wait.attempts, std::string(job_id) + " " + budget_key(address));
}

}  // namespace majlis::spool
