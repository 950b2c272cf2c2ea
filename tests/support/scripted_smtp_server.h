#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/test_certificate.h"

struct ssl_ctx_st;

namespace majlis::test {

// An SMTP (or LMTP) server on 127.0.0.1 that answers as it is told and keeps what it was given. Answers each command by
// itself, in order. Ends with its object.
class ScriptedSmtpServer {
 public:
  // What to say at a stage: "" for the usual answer, kDrop to close without a word, else the reply without its CRLF. A
  // 421 closes as well. `stage` is CONNECT, EHLO, LHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, BDAT (not the last),
  // DOT (BDAT ... LAST, too), RSET or QUIT, `line` the whole command.
  using Answer = std::function<std::string(const std::string& stage, const std::string& line)>;
  static constexpr const char* kDrop = "drop";
  static constexpr const char* kKeepAndDrop = "keep and drop";  // DOT: the message is kept, nobody hears of it
  static constexpr const char* kFallSilent = "fall silent";     // obeys on, without a word, and drops when all is done

  enum class Bdat { known, unknown };
  enum class Tls { none, on_request, from_the_start };

  struct Script {
    std::vector<std::string> extensions = {"PIPELINING", "SIZE 10240000", "8BITMIME", "ENHANCEDSTATUSCODES"};
    Answer answer;              // may be empty; called from one thread at a time
    bool is_dribbling = false;  // one octet a packet
    Bdat bdat = Bdat::known;    // whatever is offered
    Tls tls = Tls::none;
    TestCertificate certificate;
    int newest_tls = 0;  // TLS1_1_VERSION ...; 0: any
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
  std::size_t secured() const { return secured_; }  // TLS handshakes that succeeded

 private:
  class Connection;
  void accept_all();

  Script script_;
  std::shared_ptr<ssl_ctx_st> tls_;
  std::atomic<std::size_t> secured_{0};
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
