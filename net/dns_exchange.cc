#include "net/dns_exchange.h"

#include <sys/random.h>

#include <chrono>

#include "net/socket.h"

namespace majlis::net {
namespace {

constexpr std::chrono::milliseconds kTryFor{1000};  // then the question is sent again: datagrams get lost
constexpr std::chrono::milliseconds kTryStreamFor{2000};
constexpr std::size_t kMaxDatagramOctets = 4096;    // 512 without EDNS (RFC 1035 4.2.1); what is longer is cut off
constexpr std::size_t kMaxForeignDatagrams = 1000;  // of one try; whoever sends more is guessing ids
constexpr unsigned kNoError = 0;
constexpr unsigned kNoSuchName = 3;

Error again(const std::string& why) { return {ErrorKind::again, "net: " + why}; }

Result<std::uint16_t> random_id() {
  std::uint16_t id = 0;
  if (getrandom(&id, sizeof(id), 0) != sizeof(id)) return again("no random octets");
  return id;
}

Result<DnsReply> judged(DnsReading reading) {
  if (!reading.reply) return again("the name server sends nonsense");
  const unsigned code = reading.reply->code;
  if (code != kNoError && code != kNoSuchName) return again("the name server failed, code " + std::to_string(code));
  if (reading.reply->is_referral) return again("the name server only names others");
  return std::move(*reading.reply);
}

Result<std::string> receive_exactly(Socket& stream, std::size_t octets) {
  std::string received;
  while (received.size() < octets) {
    const Result<std::string> more = stream.receive(octets - received.size());
    if (!more) return more;
    if (more->empty()) return again("the name server closed the connection");
    received += *more;
  }
  return received;
}

Result<DnsReply> ask_by_stream(const Endpoint& server, const DnsQuestion& question, const Deadline& deadline) {
  Result<Socket> stream = Socket::connect_stream(server, deadline);
  if (!stream) return stream.error();
  const std::string message = write_question(question);
  std::string framed{static_cast<char>(message.size() >> 8U), static_cast<char>(message.size() & 0xFFU)};
  framed += message;
  const Status sent = stream->send(framed);
  if (!sent) return sent.error();
  const Result<std::string> length = receive_exactly(*stream, 2);
  if (!length) return length.error();
  const auto high = static_cast<unsigned char>((*length)[0]);
  const auto low = static_cast<unsigned char>((*length)[1]);
  const Result<std::string> octets = receive_exactly(*stream, (std::size_t{high} << 8U) | low);
  if (!octets) return octets.error();
  DnsReading reading = read_reply(*octets, question);
  if (reading.reply && reading.reply->is_truncated) return again("the name server's answer has no end");
  return judged(std::move(reading));
}

// What is no answer to this question is passed over: anybody may send datagrams in the server's name.
Result<DnsReply> ask_by_datagram(const Endpoint& server, const DnsQuestion& question, const Deadline& deadline) {
  Result<Socket> datagrams = Socket::connect_datagram(server, deadline);
  if (!datagrams) return datagrams.error();
  const Status sent = datagrams->send(write_question(question));
  if (!sent) return sent.error();
  for (std::size_t i = 0; i < kMaxForeignDatagrams; ++i) {
    const Result<std::string> octets = datagrams->receive(kMaxDatagramOctets);
    if (!octets) return octets.error();
    DnsReading reading = read_reply(*octets, question);
    if (reading.reply) return std::move(*reading.reply);
    if (reading.fault == DnsFault::malformed) return judged(std::move(reading));
  }
  return again("somebody sends answers to what was not asked");
}

Result<DnsReply> ask_once(const Endpoint& server, const std::string& name, RecordType type, const Deadline& deadline) {
  const Result<std::uint16_t> id = random_id();
  if (!id) return id.error();
  const DnsQuestion question{*id, name, type};
  Result<DnsReply> reply = ask_by_datagram(server, question, earlier(deadline, Deadline(kTryFor)));
  if (!reply) return reply;
  if (reply->is_truncated) return ask_by_stream(server, question, earlier(deadline, Deadline(kTryStreamFor)));
  DnsReading reading;
  reading.reply = std::move(*reply);
  return judged(std::move(reading));
}

}  // namespace

Result<DnsReply> exchange(const std::vector<Endpoint>& servers, const std::string& name, RecordType type,
                          const Deadline& deadline) {
  std::string why = "no answer in time";
  bool is_worth_it = true;  // a server that was silent may have missed the question; one that failed will fail again
  while (is_worth_it && !deadline.has_passed()) {
    is_worth_it = false;
    for (const Endpoint& server : servers) {
      if (deadline.has_passed()) break;
      const Deadline patience = earlier(deadline, Deadline(kTryFor));
      Result<DnsReply> reply = ask_once(server, name, type, deadline);
      if (reply) return reply;
      why = reply.error().what;
      is_worth_it = is_worth_it || patience.has_passed();
    }
  }
  return why.starts_with("net: ") ? Error{ErrorKind::again, why} : again(why);
}

}  // namespace majlis::net
