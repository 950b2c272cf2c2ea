#include "tests/support/scripted_dns_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <utility>

namespace majlis::test {
namespace {

void append_16(std::string& octets, std::uint32_t number) {
  octets += static_cast<char>((number >> 8U) & 0xFFU);
  octets += static_cast<char>(number & 0xFFU);
}

void append_32(std::string& octets, std::uint32_t number) {
  append_16(octets, number >> 16U);
  append_16(octets, number);
}

void append_row(std::string& octets, const DnsRow& row) {
  octets += dns_wire_name(row.name);
  append_16(octets, row.type);
  append_16(octets, 1);
  append_32(octets, row.seconds);
  append_16(octets, static_cast<std::uint32_t>(row.data.size()));
  octets += row.data;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool bind_to(int fd, const sockaddr_in& address) {
  return bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

}  // namespace

// The port that UDP gives must be free for TCP as well.
ScriptedDnsServer::ScriptedDnsServer(Answer answer) : answer_(std::move(answer)) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    datagrams_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    streams_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t octets = sizeof(address);
    const bool is_bound =
        bind_to(datagrams_, address) && getsockname(datagrams_, reinterpret_cast<sockaddr*>(&address), &octets) == 0;
    assert(is_bound);
    port_ = ntohs(address.sin_port);
    if (bind_to(streams_, address)) break;
    close(datagrams_);
    close(streams_);
  }
  const bool is_ready = listen(streams_, 8) == 0 && pipe(stop_) == 0;
  assert(is_ready);
  thread_ = std::thread([this] { serve(); });
}

ScriptedDnsServer::~ScriptedDnsServer() {
  close(stop_[1]);
  thread_.join();
  for (const int fd : {datagrams_, streams_, stop_[0]}) close(fd);
}

std::vector<std::string> ScriptedDnsServer::names() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return names_;
}

void ScriptedDnsServer::serve() {
  for (;;) {
    std::array<pollfd, 3> waiting{pollfd{stop_[0], POLLIN, 0}, pollfd{datagrams_, POLLIN, 0},
                                  pollfd{streams_, POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), -1) < 0) continue;
    if (waiting[0].revents != 0) return;
    if (waiting[1].revents != 0) serve_datagram();
    if (waiting[2].revents != 0) serve_stream();
  }
}

std::vector<std::string> ScriptedDnsServer::answer_to(std::string octets, Way way) {
  Question question{std::move(octets), "", 0, way};
  std::size_t at = 12;
  while (question.octets[at] != 0) {
    const auto length = static_cast<std::size_t>(question.octets[at]);
    question.name += (question.name.empty() ? "" : ".") + question.octets.substr(at + 1, length);
    at += 1 + length;
  }
  question.type = static_cast<std::uint16_t>(static_cast<unsigned char>(question.octets[at + 2]));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    names_.push_back(question.name);
  }
  return answer_(question);
}

void ScriptedDnsServer::serve_datagram() {
  std::string octets(4096, '\0');
  sockaddr_in from{};
  socklen_t length = sizeof(from);
  const ssize_t got =
      recvfrom(datagrams_, octets.data(), octets.size(), 0, reinterpret_cast<sockaddr*>(&from), &length);
  if (got <= 12) return;
  octets.resize(static_cast<std::size_t>(got));
  for (const std::string& message : answer_to(octets, Way::datagram)) {
    sendto(datagrams_, message.data(), message.size(), 0, reinterpret_cast<sockaddr*>(&from), length);
  }
}

void ScriptedDnsServer::serve_stream() {
  const int stream = accept4(streams_, nullptr, nullptr, SOCK_CLOEXEC);
  std::string octets(4096, '\0');
  const ssize_t got = recv(stream, octets.data(), octets.size(), 0);
  if (got > 14) {
    for (const std::string& message : answer_to(octets.substr(2, static_cast<std::size_t>(got) - 2), Way::stream)) {
      std::string framed;
      append_16(framed, static_cast<std::uint32_t>(message.size()));
      framed += message;
      send(stream, framed.data(), framed.size(), MSG_NOSIGNAL);
    }
  }
  close(stream);
}

std::string dns_wire_name(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    const std::string_view label = text.substr(0, text.find('.'));
    name += static_cast<char>(label.size());
    name += label;
    text.remove_prefix(label.size() + (label.size() < text.size() ? 1 : 0));
  }
  return name + '\0';
}

std::string dns_text_data(std::string_view text) {
  std::string data;
  do {
    const std::string_view piece = text.substr(0, 255);
    data += static_cast<char>(piece.size());
    data += piece;
    text.remove_prefix(piece.size());
  } while (!text.empty());
  return data;
}

std::string dns_start_data(std::uint32_t minimum) {
  std::string data = dns_wire_name("ns.test") + dns_wire_name("admin.test");
  for (const std::uint32_t number : {1U, 3600U, 600U, 86400U, minimum}) append_32(data, number);
  return data;
}

std::string dns_answer(const ScriptedDnsServer::Question& question, const std::vector<DnsRow>& rows,
                       std::uint16_t flags, std::uint32_t negative) {
  std::string octets = question.octets.substr(0, 2);
  append_16(octets, flags);
  append_16(octets, 1);
  append_16(octets, static_cast<std::uint32_t>(rows.size()));
  append_16(octets, negative == 0 ? 0 : 1);
  append_16(octets, 0);
  octets += question.octets.substr(12);
  for (const DnsRow& row : rows) append_row(octets, row);
  if (negative != 0) append_row(octets, {"test", 6, 86400, dns_start_data(negative)});
  return octets;
}

std::string nobodys_dns_address() {
  static const ScriptedDnsServer kServer(dns_texts({}));
  return kServer.address();
}

ScriptedDnsServer::Answer dns_texts(std::map<std::string, std::string> texts) {
  constexpr std::uint16_t kNoSuchName = 0x8183;
  constexpr std::uint16_t kTxt = 16;
  constexpr std::uint32_t kSeconds = 600;
  return [texts = std::move(texts)](const ScriptedDnsServer::Question& question) -> std::vector<std::string> {
    const auto text = texts.find(question.name);
    if (text == texts.end()) return {dns_answer(question, {}, kNoSuchName)};
    return {dns_answer(question, {{question.name, kTxt, kSeconds, dns_text_data(text->second)}})};
  };
}

}  // namespace majlis::test
