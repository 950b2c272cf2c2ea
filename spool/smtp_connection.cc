#include "spool/smtp_connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace majlis::spool {
namespace {

Protocol protocol_of(const Relay& relay) {
  const bool is_lmtp = relay.kind == Relay::Kind::lmtp_tcp || relay.kind == Relay::Kind::lmtp_socket;
  return is_lmtp ? Protocol::lmtp : Protocol::smtp;
}

}  // namespace

SmtpConnection::SmtpConnection(Work& work, const FlushOptions& options, const std::vector<Endpoint>& endpoints,
                               Batch first)
    : options_(options),
      endpoints_(endpoints),
      session_(work, protocol_of(options.relay), options.helo_name.empty() ? local_host_name() : options.helo_name) {
  session_.begin(std::move(first));
  connect_next("no address");
}

void SmtpConnection::connect_next(const std::string& problem) {
  std::string why = problem;
  while (next_endpoint_ < endpoints_.size()) {
    Result<UniqueFd> fd = start_connecting(endpoints_[next_endpoint_++]);
    if (fd) {
      fd_ = std::move(*fd);
      is_connecting_ = true;
      deadline_ = std::chrono::steady_clock::now() + options_.timeouts.connect;
      return;
    }
    why = fd.error().what;
  }
  fd_.reset();
  is_connecting_ = false;
  session_.lost({"4.4.1", "connect to " + options_.relay.text() + ": " + why});
}

void SmtpConnection::finish_connecting() {
  int problem = 0;
  socklen_t octets = sizeof(problem);
  if (getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &problem, &octets) != 0) problem = errno;
  if (problem != 0) return connect_next(std::strerror(problem));
  is_connecting_ = false;
  reset_deadline();
}

short SmtpConnection::wanted_events() {
  if (is_connecting_) return POLLOUT;
  return static_cast<short>(session_.outgoing().is_empty() ? POLLIN : POLLIN | POLLOUT);
}

void SmtpConnection::handle(short events) {
  if (session_.is_over() || events == 0) return;
  if (is_connecting_) return finish_connecting();
  if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) read_some();
  send_pending();
}

void SmtpConnection::read_some() {
  std::array<char, 32768> buffer;
  const ssize_t got = recv(fd_.get(), buffer.data(), buffer.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got < 0) return give_up(std::strerror(errno));
  if (got == 0) return give_up("closed by the relay");
  const std::uint64_t replies = session_.replies();
  session_.receive(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
  // Only whole replies count: a peer that dribbles does not keep us.
  if (session_.replies() != replies) reset_deadline();
}

void SmtpConnection::send_pending() {
  while (!session_.is_over() && !is_connecting_ && !session_.outgoing().is_empty()) {
    std::array<iovec, Outgoing::kPieces> pieces{};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = session_.outgoing().pieces(pieces);
    const ssize_t sent = sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) {
      // The peer may have said why before it closed.
      const std::string why = std::strerror(errno);
      read_some();
      return give_up(why);
    }
    session_.outgoing().take_sent(static_cast<std::size_t>(sent));
    reset_deadline();
  }
}

void SmtpConnection::give_up(const std::string& why) {
  session_.lost({"4.4.2", "connection to " + options_.relay.text() + " lost: " + why});
}

void SmtpConnection::reset_deadline() {
  deadline_ = std::chrono::steady_clock::now() + session_.patience(options_.timeouts);
}

void SmtpConnection::check_deadline(Moment now) {
  if (session_.is_over() || now < deadline_) return;
  if (is_connecting_) return connect_next("no answer in time");
  give_up("no answer in time");
}

}  // namespace majlis::spool
