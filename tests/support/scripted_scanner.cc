#include "tests/support/scripted_scanner.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cstring>
#include <utility>

namespace majlis::test {
namespace {

bool read_exactly(int fd, std::string& octets) {
  std::size_t got = 0;
  while (got < octets.size()) {
    const ssize_t more = recv(fd, octets.data() + got, octets.size() - got, 0);
    if (more <= 0) return false;
    got += static_cast<std::size_t>(more);
  }
  return true;
}

std::string read_command(int fd) {
  std::string command;
  for (std::string octet(1, '\0'); command.size() < 64 && read_exactly(fd, octet) && octet[0] != '\0';)
    command += octet;
  return command;
}

bool take_descriptor(int connection, ScriptedScanner& scanner) {
  char octet = 0;
  iovec piece{&octet, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (recvmsg(connection, &message, MSG_CMSG_CLOEXEC) != 1 || CMSG_FIRSTHDR(&message) == nullptr) return false;
  int file = -1;
  std::memcpy(&file, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(file));
  std::string octets(1 << 20, '\0');
  const ssize_t got = pread(file, octets.data(), octets.size(), 0);
  close(file);
  if (got < 0) return false;
  scanner.keep(octets.substr(0, static_cast<std::size_t>(got)));
  return true;
}

}  // namespace

ScriptedScanner::ScriptedScanner(const std::string& path, Behaviour behaviour)
    : path_(path), behaviour_(std::move(behaviour)) {
  bool is_ready = pipe(stop_) == 0;
  if (path_.empty()) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t octets = sizeof(address);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    is_ready = is_ready && bind(listener_, plain, octets) == 0 && getsockname(listener_, plain, &octets) == 0;
    port_ = ntohs(address.sin_port);
  } else {
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof(address.sun_path) - 1);
    is_ready = is_ready && bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  is_ready = is_ready && listen(listener_, 8) == 0;
  assert(is_ready);
  thread_ = std::thread([this] { serve(); });
}

ScriptedScanner::~ScriptedScanner() {
  close(stop_[1]);
  thread_.join();
  for (std::thread& connection : connections_) connection.join();
  close(listener_);
  close(stop_[0]);
  if (!path_.empty()) unlink(path_.c_str());
}

std::string ScriptedScanner::address() const {
  return path_.empty() ? "tcp:127.0.0.1:" + std::to_string(port_) : "unix:" + path_;
}

std::vector<std::string> ScriptedScanner::scanned() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return scanned_;
}

void ScriptedScanner::keep(std::string octets) {
  const std::lock_guard<std::mutex> lock(mutex_);
  scanned_.push_back(std::move(octets));
}

void ScriptedScanner::be_silent() const {
  pollfd stop{stop_[0], POLLIN, 0};
  poll(&stop, 1, -1);
}

void ScriptedScanner::serve() {
  for (;;) {
    std::array<pollfd, 2> waiting{pollfd{stop_[0], POLLIN, 0}, pollfd{listener_, POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), -1) < 0) continue;
    if (waiting[0].revents != 0) return;
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    connections_.emplace_back([this, connection] {
      behaviour_(connection, *this);
      close(connection);
    });
  }
}

bool take_stream(int connection, ScriptedScanner& scanner) {
  const std::string command = read_command(connection);
  if (command == "zFILDES") return take_descriptor(connection, scanner);
  if (command != "zINSTREAM") return false;
  std::string whole;
  for (std::string length(4, '\0'); read_exactly(connection, length);) {
    std::size_t octets = 0;
    for (const char c : length) octets = (octets << 8U) | static_cast<unsigned char>(c);
    if (octets == 0) {
      scanner.keep(std::move(whole));
      return true;
    }
    std::string chunk(octets, '\0');
    if (!read_exactly(connection, chunk)) return false;
    whole += chunk;
  }
  return false;
}

ScriptedScanner::Behaviour answering(const std::string& reply) {
  return [reply](int connection, ScriptedScanner& scanner) {
    if (!take_stream(connection, scanner)) return;
    send(connection, reply.data(), reply.size(), MSG_NOSIGNAL);
  };
}

}  // namespace majlis::test
