#pragma once

#include <sys/socket.h>

#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "spool/transport/relay.h"

namespace majlis::spool {

// An address a relay can be reached at.
struct Endpoint {
  sockaddr_storage address{};
  socklen_t octets = 0;
};

// In the order in which they should be tried, at most kMaxEndpoints. Asks the resolver, and waits for it.
Result<std::vector<Endpoint>> find_endpoints(const Relay& relay);

// A non-blocking stream socket on its way to `endpoint` (writable when there, SO_ERROR tells), with TCP_NODELAY.
Result<UniqueFd> start_connecting(const Endpoint& endpoint);

// True when the peer is on this machine: 127.0.0.0/8, ::1 or a socket in the file system.
bool is_loopback(const Endpoint& endpoint);

// What we call ourselves in EHLO.
std::string local_host_name();

constexpr std::size_t kMaxEndpoints = 8;

}  // namespace majlis::spool
