#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace majlis::mail {

// What the body of a Date field says (RFC 5322 3.3, with the zones of 4.3), comments aside; nullopt when it is none, or
// lies outside the years 1970 to 9999. Zones that are not known are taken for +0000, as the RFC asks.
std::optional<UnixTime> parse_date_field(std::string_view body);

}  // namespace majlis::mail
