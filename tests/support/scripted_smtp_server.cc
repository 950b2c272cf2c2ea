#include "tests/support/scripted_smtp_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace majlis::test {
namespace {

constexpr int kSilentForMs = 20;

std::shared_ptr<SSL_CTX> tls_context(const ScriptedSmtpServer::Script& script) {
  if (script.certificate.key.empty()) return nullptr;
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const auto bio_of = [](const std::string& text) {
    return std::unique_ptr<BIO, int (*)(BIO*)>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  };
  X509* certificate = PEM_read_bio_X509(bio_of(script.certificate.certificate).get(), nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio_of(script.certificate.key).get(), nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context.get(), certificate);
  SSL_CTX_use_PrivateKey(context.get(), key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  if (script.newest_tls != 0) {
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), script.newest_tls);
  }
  return context;
}

}  // namespace

class ScriptedSmtpServer::Connection {
 public:
  Connection(ScriptedSmtpServer& server, int fd) : server_(server), fd_(fd) {}

  ~Connection() { SSL_free(ssl_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void serve() {
    if (server_.script_.tls == Tls::from_the_start && !secure()) return;
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
    if (verb == "MAIL" && !message_.mail.empty()) return answer(verb, line, "503 5.5.1 nested MAIL");
    if (verb == "MAIL") return obey_mail(line);
    if (verb == "BDAT" && server_.script_.bdat == Bdat::known) return obey_bdat(line);
    if (verb == "BDAT") return answer("BDAT", line, "500 5.5.1 what");
    if (verb == "STARTTLS") return answer(verb, line, "220 2.0.0 go on") && (last_answer_[0] != '2' || secure());
    if (verb == "AUTH") return obey_auth(line);
    if (verb == "RSET") message_ = {};
    if (verb == "RCPT") return obey_rcpt(line);
    if (verb == "DATA") return obey_data(line);
    if (verb == "QUIT") {
      answer(verb, line, "221 2.0.0 bye");
      return false;
    }
    return answer(verb, line, "250 2.0.0 ok");
  }

  bool obey_mail(const std::string& line) {
    if (!answer("MAIL", line, "250 2.1.0 ok")) return false;
    if (last_answer_[0] == '2') message_ = {line, {}, {}};
    return true;
  }

  bool obey_auth(const std::string& line) {
    if (line != "AUTH LOGIN") return answer("AUTH", line, "235 2.7.0 welcome");
    std::string answers;
    for (const char* question : {"334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"}) {
      if (!say(std::string(question) + "\r\n")) return false;
      const std::optional<std::string> text = next_line();
      if (!text) return false;
      answers += " " + *text;
    }
    return answer("AUTH", line + answers, "235 2.7.0 welcome");
  }

  // As hard as RFC 3030 allows: what was refused stays open until RSET.
  bool obey_bdat(const std::string& line) {
    const std::optional<std::string> chunk = next_octets(std::stoul(line.substr(5)));
    if (!chunk) return false;
    const bool is_last = line.find(" LAST") != std::string::npos;
    const bool is_wanted = !message_.recipients.empty();
    if (is_wanted) message_.body += *chunk;
    if (!is_last) return answer("BDAT", line, is_wanted ? "250 2.0.0 ok" : "503 5.5.1 no valid recipients");
    if (!is_wanted) return answer("DOT", "", "503 5.5.1 no valid recipients");
    if (!answer_message()) return false;
    if (last_answer_[0] == '2' || is_lmtp_) message_ = {};
    return true;
  }

  bool secure() {
    if (!server_.tls_) return false;
    ssl_ = SSL_new(server_.tls_.get());
    SSL_set_fd(ssl_, fd_);
    if (SSL_accept(ssl_) != 1) return false;
    ++server_.secured_;
    buffer_.clear();
    return true;
  }

  bool obey_rcpt(const std::string& line) {
    if (!answer("RCPT", line, "250 2.1.5 ok")) return false;
    if (last_answer_[0] == '2' && !message_.mail.empty())
      message_.recipients.push_back(line.substr(9, line.find('>') - 9));
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
    const bool goes_on = answer_message();
    message_ = {};
    return goes_on;
  }

  bool answer_message() {
    const std::size_t answers = is_lmtp_ ? message_.recipients.size() : 1;
    Received kept{message_.mail, {}, message_.body};
    for (std::size_t i = 0; i < answers; ++i) {
      const std::string about = is_lmtp_ ? message_.recipients[i] : "";
      const bool goes_on = answer("DOT", about, "250 2.0.0 kept", [&] {
        if (is_lmtp_) kept.recipients = {about};
        if (!is_lmtp_) kept.recipients = message_.recipients;
        keep(kept);
      });
      if (!goes_on) return false;
    }
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
    if (text == kKeepAndDrop && on_success) on_success();
    if (text == kKeepAndDrop) return false;
    if (text == kFallSilent) {
      is_silent_ = true;
      text.clear();
    }
    last_answer_ = text.empty() ? usual : text;
    if (on_success && last_answer_[0] == '2') on_success();
    return say(last_answer_ + "\r\n") && last_answer_.compare(0, 3, "421") != 0;
  }

  bool say(const std::string& text) const {
    if (is_silent_) return true;
    const std::size_t step = server_.script_.is_dribbling ? 1 : text.size();
    for (std::size_t at = 0; at < text.size(); at += step) {
      if (!say_piece(text.data() + at, std::min(step, text.size() - at))) return false;
    }
    return true;
  }

  bool say_piece(const char* octets, std::size_t count) const {
    if (ssl_ != nullptr) return SSL_write(ssl_, octets, static_cast<int>(count)) > 0;
    return send(fd_, octets, count, MSG_NOSIGNAL) > 0;
  }

  bool hear() {
    std::array<char, 65536> octets{};
    pollfd waiting{fd_, POLLIN, 0};
    if (is_silent_ && poll(&waiting, 1, kSilentForMs) == 0) return false;
    const ssize_t got = ssl_ != nullptr ? SSL_read(ssl_, octets.data(), static_cast<int>(octets.size()))
                                        : recv(fd_, octets.data(), octets.size(), 0);
    if (got > 0) buffer_.append(octets.data(), static_cast<std::size_t>(got));
    return got > 0;
  }

  std::optional<std::string> next_octets(std::size_t count) {
    while (buffer_.size() < count) {
      if (!hear()) return std::nullopt;
    }
    std::string octets = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return octets;
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
      if (!hear()) return std::nullopt;
    }
  }

  ScriptedSmtpServer& server_;
  int fd_;
  std::string buffer_;
  std::string last_answer_;
  Received message_;
  bool is_lmtp_ = false;
  bool is_silent_ = false;
  SSL* ssl_ = nullptr;
};

ScriptedSmtpServer::ScriptedSmtpServer(Script script) : script_(std::move(script)), tls_(tls_context(script_)) {
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
