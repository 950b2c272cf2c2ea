#include "spool/smtp/endpoint.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace majlis::spool {
namespace {

Result<std::vector<Endpoint>> socket_endpoint(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return Error{ErrorKind::misconfigured, "spool: connect " + path + ": the path of a socket cannot be that long"};
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  Endpoint endpoint;
  std::memcpy(&endpoint.address, &address, sizeof(address));
  endpoint.octets = sizeof(address);
  return std::vector<Endpoint>{endpoint};
}

}  // namespace

Result<std::vector<Endpoint>> find_endpoints(const Relay& relay) {
  if (relay.kind == Relay::Kind::lmtp_socket) return socket_endpoint(relay.path);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* found = nullptr;
  const int problem = getaddrinfo(relay.host.c_str(), relay.port.c_str(), &hints, &found);
  if (problem != 0) {
    return Error{ErrorKind::again, "spool: look up " + relay.host + ": " + gai_strerror(problem)};
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  std::vector<Endpoint> endpoints;
  for (const addrinfo* each = found; each != nullptr && endpoints.size() < kMaxEndpoints; each = each->ai_next) {
    Endpoint endpoint;
    std::memcpy(&endpoint.address, each->ai_addr, each->ai_addrlen);
    endpoint.octets = each->ai_addrlen;
    endpoints.push_back(endpoint);
  }
  return endpoints;
}

Result<UniqueFd> start_connecting(const Endpoint& endpoint) {
  UniqueFd fd(socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd.is_open()) return error_from_errno("spool: make a socket", errno);
  if (endpoint.address.ss_family != AF_UNIX) {
    // Without it a small write waits for the peer's delayed acknowledgement: 40 ms a transaction.
    const int on = 1;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  }
  const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
  if (connect(fd.get(), address, endpoint.octets) == 0 || errno == EINPROGRESS || errno == EINTR) return fd;
  return error_from_errno("spool: connect", errno);
}

bool is_loopback(const Endpoint& endpoint) {
  if (endpoint.address.ss_family == AF_UNIX) return true;
  if (endpoint.address.ss_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &endpoint.address, sizeof(address));
    return (ntohl(address.sin_addr.s_addr) >> 24U) == 127;
  }
  sockaddr_in6 address{};
  std::memcpy(&address, &endpoint.address, sizeof(address));
  const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&address.sin6_addr) && address.sin6_addr.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&address.sin6_addr) || is_mapped;
}

std::string local_host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
  const std::string text = name.data();
  const bool is_good = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return is_good ? text : "localhost";
}

}  // namespace majlis::spool
