#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"

namespace majlis::lists {

// One line of a message's or an address's life.
struct TraceLine {
  UnixTime time = 0;
  std::string key;   // Message-ID or address
  std::string text;  // "list=... verdict=... rule=..."
};

// What is known about a Message-ID, in its angle brackets or without them, or about an address: oldest first, at most
// kMaxTraceLines of each.
Result<std::vector<TraceLine>> traces_of(const Site& site, const std::string& written);

constexpr std::size_t kMaxTraceLines = 10'000;

// One more line, in a transaction of its own.
Status add_trace(const Site& site, const TraceLine& line);

}  // namespace majlis::lists
