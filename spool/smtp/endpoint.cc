#include "spool/smtp/endpoint.h"

#include <netdb.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace majlis::spool {

Result<std::vector<Endpoint>> find_endpoints(const Relay& relay) {
  if (relay.kind == Relay::Kind::lmtp_socket) {
    const Result<Endpoint> socket = net::socket_endpoint(relay.path);
    return socket ? Result<std::vector<Endpoint>>({*socket}) : socket.error();
  }
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
