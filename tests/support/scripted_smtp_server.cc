#include "tests/support/scripted_smtp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace majlis::test {

class ScriptedSmtpServer::Connection {
 public:
  Connection(ScriptedSmtpServer& server, int fd) : server_(server), fd_(fd) {}

  void serve() {
    if (!answer("CONNECT", "", "220 scripted.example ESMTP")) return;
    while (const std::optional<std::string> line = next_line()) {
      if (!obey(*line)) return;
    }
  }

 private:
  bool obey(const std::string& line) {
    {
      const std::lock_guard lock(server_.mutex_);
      server_.commands_.push_back(line);
    }
    std::string verb = line.substr(0, line.find(' '));
    std::transform(verb.begin(), verb.end(), verb.begin(), [](unsigned char c) { return std::toupper(c); });
    if (verb == "EHLO" || verb == "LHLO") {
      is_lmtp_ = verb == "LHLO";
      return answer(verb, line, greeting());
    }
    if (verb == "MAIL") message_ = {line, {}, {}};
    if (verb == "RSET") message_ = {};
    if (verb == "RCPT") return obey_rcpt(line);
    if (verb == "DATA") return obey_data(line);
    if (verb == "QUIT") {
      answer(verb, line, "221 2.0.0 bye");
      return false;
    }
    return answer(verb, line, "250 2.0.0 ok");
  }

  bool obey_rcpt(const std::string& line) {
    if (!answer("RCPT", line, "250 2.1.5 ok")) return false;
    if (last_answer_[0] == '2') message_.recipients.push_back(line.substr(9, line.size() - 10));
    return true;
  }

  bool obey_data(const std::string& line) {
    const bool is_wanted = !message_.recipients.empty();
    if (!answer("DATA", line, is_wanted ? "354 go on" : "554 5.5.1 no valid recipients")) return false;
    if (last_answer_.compare(0, 3, "354") != 0) return true;
    for (;;) {
      const std::optional<std::string> text = next_line();
      if (!text) return false;
      if (*text == ".") break;
      message_.body += *text + "\r\n";
    }
    const std::size_t answers = is_lmtp_ ? message_.recipients.size() : 1;
    Received kept{message_.mail, {}, message_.body};
    for (std::size_t i = 0; i < answers; ++i) {
      const std::string about = is_lmtp_ ? message_.recipients[i] : "";
      const bool goes_on = answer("DOT", about, "250 2.0.0 kept", [&] {
        if (is_lmtp_) kept.recipients.push_back(about);
        if (!is_lmtp_) kept.recipients = message_.recipients;
        if (i + 1 == answers || !is_lmtp_) keep(kept);
      });
      if (!goes_on) return false;
      if (is_lmtp_ && i + 1 == answers && last_answer_[0] != '2') keep(kept);
    }
    message_ = {};
    return true;
  }

  void keep(const Received& message) {
    const std::lock_guard lock(server_.mutex_);
    server_.received_.push_back(message);
  }

  std::string greeting() const {
    std::string text = "250-scripted.example";
    for (const std::string& extension : server_.script_.extensions) text += "\r\n250-" + extension;
    return text + "\r\n250 HELP";
  }

  // False when the connection is to end. `on_success` runs before a 2xx is sent: what the peer is told is true by then.
  bool answer(const std::string& stage, const std::string& line, const std::string& usual,
              const std::function<void()>& on_success = {}) {
    std::string text;
    if (server_.script_.answer) {
      const std::lock_guard lock(server_.mutex_);
      text = server_.script_.answer(stage, line);
    }
    if (text == kDrop) return false;
    last_answer_ = text;
    if (text == kHang) return true;
    last_answer_ = text.empty() ? usual : text;
    if (on_success && last_answer_[0] == '2') on_success();
    return say(last_answer_ + "\r\n") && last_answer_.compare(0, 3, "421") != 0;
  }

  bool say(const std::string& text) const {
    const std::size_t step = server_.script_.is_dribbling ? 1 : text.size();
    for (std::size_t at = 0; at < text.size(); at += step) {
      if (send(fd_, text.data() + at, std::min(step, text.size() - at), MSG_NOSIGNAL) <= 0) return false;
    }
    return true;
  }

  std::optional<std::string> next_line() {
    for (;;) {
      const std::size_t end = buffer_.find("\r\n");
      if (end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        if (line.find_first_of("\r\n") != std::string::npos) server_.saw_bare_line_end_ = true;
        return line;
      }
      std::array<char, 65536> octets{};
      const ssize_t got = recv(fd_, octets.data(), octets.size(), 0);
      if (got <= 0) return std::nullopt;
      buffer_.append(octets.data(), static_cast<std::size_t>(got));
    }
  }

  ScriptedSmtpServer& server_;
  int fd_;
  std::string buffer_;
  std::string last_answer_;
  Received message_;
  bool is_lmtp_ = false;
};

ScriptedSmtpServer::ScriptedSmtpServer(Script script) : script_(std::move(script)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t octets = sizeof(address);
  bind(listener_, reinterpret_cast<const sockaddr*>(&address), octets);
  listen(listener_, 64);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &octets);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedSmtpServer::~ScriptedSmtpServer() {
  is_stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_sockets_) shutdown(fd, SHUT_RDWR);
  }
  for (std::thread& connection : connections_) connection.join();
  for (const int fd : open_sockets_) close(fd);
  close(listener_);
}

void ScriptedSmtpServer::accept_all() {
  while (!is_stopping_) {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const std::lock_guard lock(mutex_);
    open_sockets_.push_back(fd);
    connections_.emplace_back([this, fd] {
      Connection(*this, fd).serve();
      shutdown(fd, SHUT_RDWR);
    });
  }
}

std::vector<ScriptedSmtpServer::Received> ScriptedSmtpServer::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

std::vector<std::string> ScriptedSmtpServer::commands() const {
  const std::lock_guard lock(mutex_);
  return commands_;
}

std::vector<std::string> ScriptedSmtpServer::recipients() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const Received& each : received_) all.insert(all.end(), each.recipients.begin(), each.recipients.end());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace majlis::test
