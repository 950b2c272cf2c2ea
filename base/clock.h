#pragma once

#include <cstdint>
#include <string>

namespace majlis {

// Seconds since 1970-01-01 UTC. Rooms never ask the machine for the time: they are handed it.
using UnixTime = std::int64_t;

// The machine's wall clock. Called by bin/ only (and by tests that want the real one).
UnixTime wall_clock_now();

// All three write UTC whatever the time zone and the locale; times outside the years 1 to 9999 become the nearest
// inside.

// "Tue, 24 Nov 2026 00:12:01 +0000" (RFC 5322 3.3)
std::string rfc5322_date(UnixTime time);

// "2026-11-24T00:12:01Z"
std::string iso8601(UnixTime time);

// "2026-11", the archive month.
std::string year_month(UnixTime time);

}  // namespace majlis
