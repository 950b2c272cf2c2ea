#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace majlis {

// Dates as people read them, in UTC; the same in every locale.

std::string asctime_text(UnixTime time);  // "Tue Nov 03 00:12:01 2026", as mbox files have it
std::string minute_text(UnixTime time);   // "2026-11-24 00:12 UTC"

// The first second of a day that is written "2026-11-24"; nullopt when there is no such day.
std::optional<UnixTime> parse_day(std::string_view text);

}  // namespace majlis
