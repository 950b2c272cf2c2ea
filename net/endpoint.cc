#include "net/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "base/text.h"

namespace majlis::net {
namespace {

template <typename Address>
Endpoint endpoint_of(const Address& address) {
  Endpoint endpoint;
  std::memcpy(&endpoint.address, &address, sizeof(address));
  endpoint.octets = sizeof(address);
  return endpoint;
}

std::optional<Endpoint> parse_address(const std::string& text, std::uint16_t port) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) return endpoint_of(v4);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  if (inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) return endpoint_of(v6);
  return std::nullopt;
}

// Where the port's colon stands; npos when there is no port: an IPv6 address has colons of its own.
std::size_t port_colon(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t bracket = text.find(']');
    return bracket + 1 < text.size() && text[bracket + 1] == ':' ? bracket + 1 : std::string_view::npos;
  }
  const std::size_t colon = text.find(':');
  return colon == text.rfind(':') ? colon : std::string_view::npos;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port) {
  const Error wrong{ErrorKind::misconfigured, "net: '" + printable(text, 100) + "' is not an address and a port"};
  const std::size_t colon = port_colon(text);
  std::string_view host = text.substr(0, colon);
  if (colon != std::string_view::npos) {
    const std::optional<std::uint64_t> number = parse_number(text.substr(colon + 1));
    if (!number || *number == 0 || *number > 65535) return wrong;
    port = static_cast<std::uint16_t>(*number);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const std::optional<Endpoint> endpoint = parse_address(std::string(host), port);
  return endpoint ? Result<Endpoint>(*endpoint) : wrong;
}

Result<Endpoint> socket_endpoint(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return Error{ErrorKind::misconfigured, "net: connect " + path + ": the path of a socket cannot be that long"};
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return endpoint_of(address);
}

Result<UniqueFd> start_connecting(const Endpoint& endpoint) {
  UniqueFd fd(socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd.is_open()) return error_from_errno("net: make a socket", errno);
  if (endpoint.address.ss_family != AF_UNIX) {
    // Without it a small write waits for the peer's delayed acknowledgement: 40 ms a transaction.
    const int on = 1;
    setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  }
  const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
  if (connect(fd.get(), address, endpoint.octets) == 0 || errno == EINPROGRESS || errno == EINTR) return fd;
  return error_from_errno("net: connect", errno);
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

}  // namespace majlis::net
