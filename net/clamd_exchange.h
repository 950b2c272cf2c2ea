#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "net/deadline.h"
#include "net/endpoint.h"

namespace majlis::net {

// One command to clamd(8) in a connection of its own. The reply is what stands before its terminator, of at most
// kMaxScanReplyOctets; an Error (again) where there is none: the connection fails or ends first, the deadline passes,
// or it answers before it has everything.

Result<std::string> scan_by_stream(const Endpoint& endpoint, std::string_view octets, const Deadline& deadline);

// Hands over an open file; sockets of this machine only.
Result<std::string> scan_by_descriptor(const Endpoint& endpoint, std::string_view octets, const Deadline& deadline);

// Whether clamd refused a stream for its length (StreamMaxLength).
bool is_too_long(std::string_view reply);

constexpr std::size_t kMaxScanReplyOctets = 4096;

}  // namespace majlis::net
