#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "net/deadline.h"
#include "net/endpoint.h"

namespace majlis::net {

// A socket that waits, but never longer than its deadline: everything about one conversation together. Errors are of
// kind again; one that is too late says "no answer in time".
class Socket {
 public:
  // Connected when it is there.
  static Result<Socket> connect_stream(const Endpoint& endpoint, const Deadline& deadline);
  // Of a datagram socket: hears nobody but `endpoint`.
  static Result<Socket> connect_datagram(const Endpoint& endpoint, const Deadline& deadline);

  int fd() const { return fd_.get(); }

  // All of them. No SIGPIPE.
  Status send(std::string_view octets);
  // One datagram, or what a stream has: at most `most` octets; "" when the peer has closed.
  Result<std::string> receive(std::size_t most);
  // Octets that the peer has sent already, without waiting; "" when there are none.
  std::string receive_waiting(std::size_t most);

  enum class Event { readable, writable };
  Status wait_for(Event event);

 private:
  Socket(UniqueFd fd, const Deadline& deadline) : fd_(std::move(fd)), deadline_(deadline) {}
  UniqueFd fd_;
  Deadline deadline_;
};

}  // namespace majlis::net
