#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/endpoint.h"
#include "spool/transport/relay.h"

namespace majlis::spool {

using net::Endpoint;

// In the order in which they should be tried, at most kMaxEndpoints. Asks the resolver, and waits for it.
Result<std::vector<Endpoint>> find_endpoints(const Relay& relay);

// What we call ourselves in EHLO.
std::string local_host_name();

constexpr std::size_t kMaxEndpoints = 8;

}  // namespace majlis::spool
