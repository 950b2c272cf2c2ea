#include "spool/smtp/smtp_connection.h"

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

SmtpConnection::SmtpConnection(BatchSource& work, RelayPlan& plan, Batch first)
    : work_(work), plan_(plan), session_(work, protocol_of(plan.options.relay), plan.options, plan.notes) {
  session_.begin(std::move(first));
  connect_next("no address");
}

void SmtpConnection::connect_next(const std::string& problem) {
  std::string why = problem;
  while (next_endpoint_ < plan_.endpoints.size()) {
    const Endpoint& endpoint = plan_.endpoints[next_endpoint_++];
    Result<UniqueFd> fd = net::start_connecting(endpoint);
    if (fd) {
      fd_ = std::move(*fd);
      stage_ = Stage::connecting;
      session_.reached(net::is_loopback(endpoint) ? Place::loopback : Place::elsewhere);
      deadline_ = std::chrono::steady_clock::now() + plan_.options.timeouts.connect;
      return;
    }
    why = fd.error().what;
  }
  fd_.reset();
  session_.lost({"4.4.1", "connect to " + plan_.options.relay.text() + ": " + why});
}

void SmtpConnection::finish_connecting() {
  int problem = 0;
  socklen_t octets = sizeof(problem);
  if (getsockopt(fd_.get(), SOL_SOCKET, SO_ERROR, &problem, &octets) != 0) problem = errno;
  if (problem != 0) return connect_next(std::strerror(problem));
  stage_ = Stage::talking;
  reset_deadline();
  if (plan_.options.relay.kind == Relay::Kind::smtps) start_tls();
}

void SmtpConnection::start_tls() {
  if (!plan_.tls) {
    Result<TlsContext> context = TlsContext::create(plan_.options.tls_ca_file);
    if (!context) return session_.lost({"4.3.5", context.error().what});
    plan_.tls = std::move(*context);
  }
  tls_.emplace(*plan_.tls, fd_.get(), plan_.options.relay.host, session_.verification());
  stage_ = Stage::shaking_hands;
  deadline_ = std::chrono::steady_clock::now() + plan_.options.timeouts.command;
  shake_hands();
}

void SmtpConnection::shake_hands() {
  const TlsStream::Progress progress = tls_->shake_hands();
  if (progress == TlsStream::Progress::wants_read || progress == TlsStream::Progress::wants_write) {
    handshake_wants_ = progress == TlsStream::Progress::wants_read ? POLLIN : POLLOUT;
    return;
  }
  if (progress != TlsStream::Progress::done) return session_.handshake_failed(tls_->problem());
  stage_ = Stage::talking;
  session_.secured();
  reset_deadline();
  send_pending();
}

short SmtpConnection::wanted_events() const {
  if (stage_ == Stage::connecting) return POLLOUT;
  if (stage_ == Stage::shaking_hands) return handshake_wants_;
  return static_cast<short>(session_.outgoing().is_empty() ? POLLIN : POLLIN | POLLOUT);
}

void SmtpConnection::handle(short events) {
  if (session_.is_over() || events == 0) return;
  if (stage_ == Stage::connecting) return finish_connecting();
  if (stage_ == Stage::shaking_hands) return shake_hands();
  if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) read_some();
  send_pending();
}

// TLS may hold octets that poll(2) does not see, so all of them are read.
void SmtpConnection::read_some() {
  std::array<char, 32768> buffer;
  do {
    std::size_t got = 0;
    if (read_once(buffer.data(), buffer.size(), got) != Step::done) return;
    hear(std::string_view(buffer.data(), got));
  } while (tls_ && stage_ == Stage::talking && !session_.is_over());
}

void SmtpConnection::hear(std::string_view octets) {
  const std::uint64_t replies = session_.replies();
  session_.receive(octets);
  // Only whole replies count: a peer that dribbles does not keep us.
  if (session_.replies() != replies) reset_deadline();
  if (session_.wants_tls()) start_tls();
}

SmtpConnection::Step SmtpConnection::read_once(char* buffer, std::size_t octets, std::size_t& got) {
  if (tls_) return step_of(tls_->read(buffer, octets, got));
  const ssize_t result = recv(fd_.get(), buffer, octets, 0);
  if (result > 0) {
    got = static_cast<std::size_t>(result);
    return Step::done;
  }
  if (result < 0 && (errno == EAGAIN || errno == EINTR)) return Step::again;
  give_up(result < 0 ? std::strerror(errno) : "closed by the relay");
  return Step::over;
}

SmtpConnection::Step SmtpConnection::write_once(std::size_t& sent) {
  if (tls_) return step_of(tls_->write(session_.outgoing(), sent));
  std::array<iovec, SendBuffer::kPieces> pieces{};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = session_.outgoing().pieces(pieces);
  const ssize_t result = sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
  if (result >= 0) {
    sent = static_cast<std::size_t>(result);
    return Step::done;
  }
  if (errno == EAGAIN) return Step::again;
  if (errno == EINTR) return Step::done;
  const std::string why = std::strerror(errno);
  read_some();  // the peer may have said why before it closed
  give_up(why);
  return Step::over;
}

SmtpConnection::Step SmtpConnection::step_of(TlsStream::Progress progress) {
  switch (progress) {
    case TlsStream::Progress::done: return Step::done;
    case TlsStream::Progress::wants_read:
    case TlsStream::Progress::wants_write: return Step::again;
    case TlsStream::Progress::closed: give_up("closed by the relay"); return Step::over;
    case TlsStream::Progress::failed: give_up(tls_->problem()); return Step::over;
  }
  return Step::over;
}

void SmtpConnection::send_pending() {
  while (!session_.is_over() && stage_ == Stage::talking && !session_.outgoing().is_empty()) {
    // Nothing may leave that the files do not know of.
    if (!work_.write_down()) return session_.lost({"4.3.0", "our own spool cannot be written"});
    std::size_t sent = 0;
    if (write_once(sent) != Step::done) return;
    session_.outgoing().take_sent(sent);
    if (sent > 0) reset_deadline();
  }
}

void SmtpConnection::give_up(const std::string& why) {
  session_.lost({"4.4.2", "connection to " + plan_.options.relay.text() + " lost: " + why});
}

void SmtpConnection::reset_deadline() {
  deadline_ = std::chrono::steady_clock::now() + session_.patience(plan_.options.timeouts);
}

void SmtpConnection::check_deadline(Moment now) {
  if (session_.is_over() || now < deadline_) return;
  if (stage_ == Stage::connecting) return connect_next("no answer in time");
  give_up("no answer in time");
}

}  // namespace majlis::spool
