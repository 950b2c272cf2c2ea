#include "net/socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace majlis::net {
namespace {

Error again(const std::string& what, int error_number) {
  return {ErrorKind::again, error_from_errno("net: " + what, error_number).what};
}

}  // namespace

Status Socket::wait_for(Event event) {
  pollfd waiting{};
  waiting.fd = fd_.get();
  waiting.events = event == Event::readable ? POLLIN : POLLOUT;
  for (;;) {
    const auto left = static_cast<int>(deadline_.left().count());
    const int ready = poll(&waiting, 1, left);
    if (ready > 0) return {};
    if (ready == 0) return Error{ErrorKind::again, "net: no answer in time"};
    if (errno != EINTR) return again("poll", errno);
  }
}

Result<Socket> Socket::connect_stream(const Endpoint& endpoint, const Deadline& deadline) {
  Result<UniqueFd> fd = start_connecting(endpoint);
  if (!fd) return Error{ErrorKind::again, fd.error().what};
  Socket connected(std::move(*fd), deadline);
  const Status there = connected.wait_for(Event::writable);
  if (!there) return there.error();
  int problem = 0;
  socklen_t octets = sizeof(problem);
  if (getsockopt(connected.fd(), SOL_SOCKET, SO_ERROR, &problem, &octets) != 0) problem = errno;
  if (problem != 0) return again("connect", problem);
  return connected;
}

Result<Socket> Socket::connect_datagram(const Endpoint& endpoint, const Deadline& deadline) {
  UniqueFd fd(socket(endpoint.address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd.is_open()) return again("make a socket", errno);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&endpoint.address), endpoint.octets) != 0) {
    return again("connect", errno);
  }
  return Socket(std::move(fd), deadline);
}

Status Socket::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(fd(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      octets.remove_prefix(static_cast<std::size_t>(sent));
      // Also a peer that always takes a little more is held to the deadline.
      if (!octets.empty() && deadline_.has_passed()) return Error{ErrorKind::again, "net: no answer in time"};
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return again("send", errno);
    Status ready = wait_for(Event::writable);
    if (!ready) return ready;
  }
  return {};
}

Result<std::string> Socket::receive(std::size_t most) {
  std::string octets(most, '\0');
  for (;;) {
    const Status ready = wait_for(Event::readable);
    if (!ready) return ready.error();
    const ssize_t got = recv(fd(), octets.data(), octets.size(), 0);
    if (got >= 0) {
      octets.resize(static_cast<std::size_t>(got));
      return octets;
    }
    if (errno != EINTR && errno != EAGAIN) return again("receive", errno);
  }
}

std::string Socket::receive_waiting(std::size_t most) {
  std::string octets(most, '\0');
  const ssize_t got = recv(fd(), octets.data(), octets.size(), MSG_DONTWAIT);
  octets.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return octets;
}

}  // namespace majlis::net
