#include "spool/relay_check.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "base/text.h"
#include "spool/smtp/endpoint.h"
#include "spool/transport/relay.h"

namespace majlis::spool {
namespace {

using Kind = Relay::Kind;

constexpr int kPatience_ms = 10'000;
constexpr std::size_t kMaxGreetingOctets = 512;

bool wait_for(int fd, short events) {
  pollfd waiting{fd, events, 0};
  for (;;) {
    const int ready = poll(&waiting, 1, kPatience_ms);
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

std::string reason_of(int error_number) { return std::strerror(error_number); }

// Empty: it is there and greets. Otherwise why not.
std::string greeting_problem(int fd) {
  if (!wait_for(fd, POLLIN)) return "no greeting within " + std::to_string(kPatience_ms / 1000) + " s";
  std::array<char, kMaxGreetingOctets> greeting{};
  const ssize_t got = read(fd, greeting.data(), greeting.size());
  if (got <= 0) return "the connection was closed before a greeting";
  const std::string_view text(greeting.data(), static_cast<std::size_t>(got));
  if (text.starts_with("220")) return "";
  return "it greets with '" + printable(trim(text.substr(0, text.find('\n'))), 100) + "'";
}

std::string endpoint_problem(const Relay& relay, const Endpoint& endpoint) {
  Result<UniqueFd> socket = net::start_connecting(endpoint);
  if (!socket) return socket.error().what;
  if (!wait_for(socket->get(), POLLOUT)) return "no connection within " + std::to_string(kPatience_ms / 1000) + " s";
  int code = 0;
  socklen_t octets = sizeof code;
  if (getsockopt(socket->get(), SOL_SOCKET, SO_ERROR, &code, &octets) != 0) code = errno;
  if (code != 0) return reason_of(code);
  // Behind TLS a greeting comes only after the handshake.
  return relay.kind == Kind::smtps ? "" : greeting_problem(socket->get());
}

std::string connection_problem(const Relay& relay) {
  Result<std::vector<Endpoint>> endpoints = find_endpoints(relay);
  if (!endpoints) return endpoints.error().what;
  std::string problem = "it has no address";
  for (const Endpoint& endpoint : *endpoints) {
    problem = endpoint_problem(relay, endpoint);
    if (problem.empty()) return problem;
  }
  return problem;
}

std::string program_problem(const std::string& path) {
  return access(path.c_str(), X_OK) == 0 ? "" : "it cannot be run: " + reason_of(errno);
}

// The folder is made with the first delivery.
std::string maildir_problem(const std::string& path) {
  const std::string parent = path.substr(0, path.rfind('/'));
  const std::string& place = path_exists(path) ? path : parent;
  return access(place.c_str(), W_OK | X_OK) == 0 ? "" : place + " cannot be written: " + reason_of(errno);
}

}  // namespace

std::string relay_problem(const Relay& relay) {
  if (relay.kind == Kind::sendmail) return program_problem(relay.path);
  if (relay.kind != Kind::maildir) return connection_problem(relay);
  return maildir_problem(relay.path);
}

}  // namespace majlis::spool
