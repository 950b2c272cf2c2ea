#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace majlis::test {

// An SMTP (or LMTP) server on 127.0.0.1 that answers as it is told and keeps what it was given. Answers each command by
// itself, in order. Ends with its object.
class ScriptedSmtpServer {
 public:
  // What to say at a stage: "" for the usual answer, kDrop to close without a word, else the reply without its CRLF. A
  // 421 closes as well. `stage` is CONNECT, EHLO, LHLO, HELO, MAIL, RCPT, DATA, DOT, RSET or QUIT, `line` the whole
  // command.
  using Answer = std::function<std::string(const std::string& stage, const std::string& line)>;
  static constexpr const char* kDrop = "drop";
  static constexpr const char* kHang = "hang";  // no answer at all

  struct Script {
    std::vector<std::string> extensions = {"PIPELINING", "SIZE 10240000", "8BITMIME", "ENHANCEDSTATUSCODES"};
    Answer answer;              // may be empty; called from one thread at a time
    bool is_dribbling = false;  // one octet a packet
  };

  // A message that was answered with 2xx.
  struct Received {
    std::string mail;  // the MAIL command
    std::vector<std::string> recipients;
    std::string body;  // as on the wire, dots still doubled, without the final one
  };

  explicit ScriptedSmtpServer(Script script);
  ~ScriptedSmtpServer();
  ScriptedSmtpServer(const ScriptedSmtpServer&) = delete;
  ScriptedSmtpServer& operator=(const ScriptedSmtpServer&) = delete;

  std::string port() const { return std::to_string(port_); }
  std::vector<Received> received() const;
  std::vector<std::string> recipients() const;  // of all messages, sorted
  std::vector<std::string> commands() const;    // every line but those of messages
  bool saw_bare_line_end() const { return saw_bare_line_end_; }

 private:
  class Connection;
  void accept_all();

  Script script_;
  int listener_ = -1;
  unsigned port_ = 0;
  std::atomic<bool> is_stopping_{false};
  std::atomic<bool> saw_bare_line_end_{false};
  mutable std::mutex mutex_;
  std::vector<Received> received_;
  std::vector<std::string> commands_;
  std::vector<int> open_sockets_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace majlis::test
