#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "spool/endpoint.h"
#include "spool/job_file.h"
#include "spool/smtp_session.h"

namespace majlis::spool {

// A session on a non-blocking socket, with its deadlines. Never waits itself: the owner polls.
class SmtpConnection {
 public:
  SmtpConnection(Work& work, const FlushOptions& options, const std::vector<Endpoint>& endpoints, Batch first);

  SmtpSession& session() { return session_; }
  int fd() const { return fd_.get(); }
  short wanted_events();  // for poll(2)
  Moment deadline() const { return deadline_; }

  void handle(short events);  // what poll(2) saw; 0 for nothing
  void check_deadline(Moment now);
  void send_pending();  // whatever the session has to say and the socket takes

 private:
  void connect_next(const std::string& problem);
  void finish_connecting();
  void read_some();
  void give_up(const std::string& why);
  void reset_deadline();

  const FlushOptions& options_;
  const std::vector<Endpoint>& endpoints_;
  std::size_t next_endpoint_ = 0;
  bool is_connecting_ = false;
  UniqueFd fd_;
  SmtpSession session_;
  Moment deadline_;
};

}  // namespace majlis::spool
