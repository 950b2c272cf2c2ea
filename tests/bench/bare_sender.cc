// The floor: a sender that pipelines everything, keeps no record, reads no answer but counts them.
//
//   bare_sender PORT PER_TRANSACTION CONNECTIONS shared|verp LETTER ADDRESSES
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

enum class Sender { shared, verp };

std::string read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What is to be sent, in transactions.
class Load {
 public:
  Load(const char* letter, const char* addresses, std::size_t per_transaction, Sender sender)
      : addresses_(read_file(addresses)), rest_(addresses_), per_transaction_(per_transaction), sender_(sender) {
    for (const char c : read_file(letter)) {
      if (c == '\n') body_ += '\r';
      body_ += c;
    }
    body_ += ".\r\n";
  }
  const std::string& body() const { return body_; }

  // Appends the next envelope; how many answers it has, 0 when nothing is left.
  std::size_t next_envelope(std::string& out) {
    if (rest_.empty()) return 0;
    const std::string_view first = rest_.substr(0, rest_.find('\n'));
    out += "MAIL FROM:<cooks-bounces";
    if (sender_ == Sender::verp) out.append("+").append(first.substr(0, first.find('@'))).append("=example.net");
    out += "@lists.example.org>\r\n";
    std::size_t count = 0;
    for (; count < per_transaction_ && !rest_.empty(); ++count) {
      const std::size_t end = rest_.find('\n');
      out.append("RCPT TO:<").append(rest_.substr(0, end)).append(">\r\n");
      rest_.remove_prefix(std::min(end, rest_.size() - 1) + 1);
    }
    out += "DATA\r\n";
    return count + 2;
  }

 private:
  std::string addresses_;
  std::string_view rest_;
  std::size_t per_transaction_;
  Sender sender_;
  std::string body_;
};

struct Connection {
  int fd = -1;
  std::string out = "EHLO bench.example.org\r\n";
  std::size_t answers_due = 2;
  bool has_envelope = false;
  bool is_continued = false;  // within a line, or behind "250-"
  std::size_t column = 0;

  // Counts complete replies: the line whose fourth character is no '-' ends one.
  void hear(std::string_view octets, Load& load) {
    for (const char c : octets) {
      if (column == 3) is_continued = c == '-';
      ++column;
      if (c != '\n') continue;
      column = 0;
      if (!is_continued && --answers_due == 0) go_on(load);
    }
  }

  // All answers to the envelope are in: its body, and the next envelope right behind it.
  void go_on(Load& load) {
    if (has_envelope) {
      out += load.body();
      ++answers_due;
    }
    const std::size_t due = load.next_envelope(out);
    has_envelope = due > 0;
    answers_due += due;
  }

  void send_some() {
    const ssize_t sent = send(fd, out.data(), out.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) out.erase(0, static_cast<std::size_t>(sent));
  }
};

int connect_to(const char* port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0 ? fd : -1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) return 2;
  const Sender sender = argv[4] == std::string_view("verp") ? Sender::verp : Sender::shared;
  Load load(argv[5], argv[6], static_cast<std::size_t>(std::atoi(argv[2])), sender);
  std::vector<Connection> connections(static_cast<std::size_t>(std::atoi(argv[3])));
  std::vector<pollfd> polls(connections.size());
  for (Connection& each : connections) {
    if ((each.fd = connect_to(argv[1])) < 0) return 3;
  }
  for (;;) {
    bool is_busy = false;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      if (!connections[i].out.empty()) connections[i].send_some();
      const bool is_open = connections[i].answers_due > 0;
      is_busy = is_busy || is_open;
      polls[i] = {is_open ? connections[i].fd : -1,
                  static_cast<short>(connections[i].out.empty() ? POLLIN : POLLIN | POLLOUT), 0};
    }
    if (!is_busy) return 0;
    poll(polls.data(), polls.size(), -1);
    for (std::size_t i = 0; i < connections.size(); ++i) {
      if ((polls[i].revents & (POLLIN | POLLHUP)) == 0) continue;
      std::array<char, 65536> octets;
      const ssize_t got = recv(connections[i].fd, octets.data(), octets.size(), 0);
      if (got <= 0) return 4;
      connections[i].hear({octets.data(), static_cast<std::size_t>(got)}, load);
    }
  }
}
