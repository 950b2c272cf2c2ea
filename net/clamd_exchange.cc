#include "net/clamd_exchange.h"

#include <sys/mman.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "net/socket.h"

namespace majlis::net {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kChunkOctets = 128 * 1024;

Error again(const std::string& why) { return {ErrorKind::again, "net: " + why}; }

std::string length_of(std::size_t octets) {
  std::string length;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) length += static_cast<char>((octets >> shift) & 0xFFU);
  return length;
}

// `reply`: what came already. Behind the terminator nothing may follow: it would be the answer to something else.
Result<std::string> read_reply_to_its_end(Socket& scanner, std::string reply) {
  while (reply.find('\0') == std::string::npos) {
    if (reply.size() > kMaxScanReplyOctets) return again("the scanner's answer has no end");
    const Result<std::string> more = scanner.receive(kMaxScanReplyOctets);
    if (!more) return more;
    if (more->empty()) return again("the scanner closed the connection without an answer");
    reply += *more;
  }
  if (reply.find('\0') != reply.size() - 1) return again("the scanner says more than one answer");
  reply.pop_back();
  return reply;
}

Status send_chunks(Socket& scanner, std::string_view octets) {
  while (!octets.empty()) {
    const std::string_view chunk = octets.substr(0, kChunkOctets);
    Status sent = scanner.send(length_of(chunk.size()));
    if (sent) sent = scanner.send(chunk);
    if (!sent) return sent;
    octets.remove_prefix(chunk.size());
  }
  return {};
}

Status send_descriptor(Socket& scanner, int file) {
  char nothing = 0;
  iovec octet{&nothing, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &octet;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &file, sizeof(file));
  if (sendmsg(scanner.fd(), &message, MSG_NOSIGNAL) == 1) return {};
  return again(error_from_errno("hand over a file", errno).what);
}

Result<UniqueFd> file_with(std::string_view octets) {
  UniqueFd file(memfd_create("majlis-scan", MFD_CLOEXEC));
  if (!file.is_open()) return error_from_errno("net: make a file in memory", errno);
  const Status written = write_all_at(file.get(), octets, 0, "a file in memory");
  if (!written) return written.error();
  return file;
}

}  // namespace

Result<std::string> scan_by_stream(const Endpoint& endpoint, std::string_view octets, const Deadline& deadline) {
  Result<Socket> scanner = Socket::connect_stream(endpoint, deadline);
  if (!scanner) return scanner.error();
  Status sent = scanner->send("zINSTREAM\0"sv);
  if (sent) sent = send_chunks(*scanner, octets);
  // What it says before the end is no verdict about the whole, but it may say why it takes no more; then sending fails.
  std::string early = scanner->receive_waiting(kMaxScanReplyOctets);
  if (sent && early.empty()) {
    sent = scanner->send(length_of(0));
    if (sent) return read_reply_to_its_end(*scanner, "");
    early = scanner->receive_waiting(kMaxScanReplyOctets);
  }
  if (early.empty()) return sent.error();
  Result<std::string> reply = read_reply_to_its_end(*scanner, std::move(early));
  if (!reply || reply->ends_with("FOUND") || is_too_long(*reply)) return reply;
  return again("the scanner answers before it has everything");
}

Result<std::string> scan_by_descriptor(const Endpoint& endpoint, std::string_view octets, const Deadline& deadline) {
  const Result<UniqueFd> file = file_with(octets);
  if (!file) return file.error();
  Result<Socket> scanner = Socket::connect_stream(endpoint, deadline);
  if (!scanner) return scanner.error();
  Status sent = scanner->send("zFILDES\0"sv);
  if (sent) sent = send_descriptor(*scanner, file->get());
  if (!sent) return sent.error();
  return read_reply_to_its_end(*scanner, "");
}

bool is_too_long(std::string_view reply) { return reply == "INSTREAM size limit exceeded. ERROR"; }

}  // namespace majlis::net
