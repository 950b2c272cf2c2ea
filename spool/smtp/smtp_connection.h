#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "spool/job/job_file.h"
#include "spool/smtp/endpoint.h"
#include "spool/smtp/smtp_session.h"
#include "spool/smtp/tls.h"

namespace majlis::spool {

// What the connections of one run have in common.
struct RelayPlan {
  const RelayOptions& options;
  std::vector<Endpoint> endpoints;
  std::optional<TlsContext> tls;  // made when the first one needs it: the system's certificates take a while to read
  PeerNotes notes;
};

// A session on a non-blocking socket, with its deadlines and its TLS. Never waits itself: the owner polls.
class SmtpConnection {
 public:
  SmtpConnection(BatchSource& work, RelayPlan& plan, Batch first);

  SmtpSession& session() { return session_; }
  int fd() const { return fd_.get(); }
  short wanted_events() const;  // for poll(2)
  Moment deadline() const { return deadline_; }

  void handle(short events);  // what poll(2) saw; 0 for nothing
  void check_deadline(Moment now);
  void send_pending();  // whatever the session has to say and the socket takes

 private:
  enum class Stage { connecting, shaking_hands, talking };
  enum class Step { done, again, over };  // over: the connection was given up
  void connect_next(const std::string& problem);
  void finish_connecting();
  void start_tls();
  void shake_hands();
  void read_some();
  Step read_once(char* buffer, std::size_t octets, std::size_t& got);
  Step write_once(std::size_t& sent);
  Step step_of(TlsStream::Progress progress);
  void hear(std::string_view octets);
  void give_up(const std::string& why);
  void reset_deadline();

  BatchSource& work_;
  RelayPlan& plan_;
  std::size_t next_endpoint_ = 0;
  Stage stage_ = Stage::connecting;
  UniqueFd fd_;
  std::optional<TlsStream> tls_;  // in front of fd_, and gone before it
  short handshake_wants_ = 0;
  SmtpSession session_;
  Moment deadline_;
};

}  // namespace majlis::spool
