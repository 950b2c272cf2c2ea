#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace majlis::net {

// An address a server can be reached at.
struct Endpoint {
  sockaddr_storage address{};
  socklen_t octets = 0;
};

// "192.0.2.1", "192.0.2.1:53", "2001:db8::1", "[2001:db8::1]:53"; no names, no zones. Without a port it is `port`.
// misconfigured for anything else.
Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port);

// A socket in the file system. misconfigured when the path is longer than such a path can be.
Result<Endpoint> socket_endpoint(const std::string& path);

// A non-blocking stream socket on its way to `endpoint` (writable when there, SO_ERROR tells), with TCP_NODELAY.
Result<UniqueFd> start_connecting(const Endpoint& endpoint);

// True when the peer is on this machine: 127.0.0.0/8, ::1 or a socket in the file system.
bool is_loopback(const Endpoint& endpoint);

}  // namespace majlis::net
