#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::net {

// Questions to a name server and its answers as octets (RFC 1035 4.1). Pure; nothing in an answer is believed.

enum class RecordType : std::uint16_t { a = 1, cname = 5, soa = 6, txt = 16, aaaa = 28 };

constexpr std::size_t kMaxDnsOctets = 65535;  // what the two octets of length before a message on TCP can say

// A name as it stands in a message, in lower case and without compression: labels behind their lengths, 0 at the end.
// "example.org" and "example.org." are one. nullopt when no name: an empty label, one of more than 63 octets, more than
// 255 in all, blanks, controls or octets above 127.
std::optional<std::string> dns_name(std::string_view text);

struct DnsQuestion {
  std::uint16_t id = 0;
  std::string name;  // of dns_name()
  RecordType type = RecordType::txt;
};

// Asks for recursion; a message of its own, without the length that goes before it on TCP.
std::string write_question(const DnsQuestion& question);

struct DnsRecord {
  std::string name;
  std::uint16_t type = 0;
  std::uint32_t seconds = 0;  // it may be remembered
  std::string data;           // cname: the name; txt: the text, its pieces joined; else the octets
};

struct DnsReply {
  bool is_truncated = false;
  unsigned code = 0;         // RCODE: 0 none, 2 the server failed, 3 no such name
  bool is_referral = false;  // "ask those servers": no answer
  std::vector<DnsRecord> answers;
  std::uint32_t negative_seconds = 0;  // "there is none" may be remembered (RFC 2308 5); 0: it does not say
};

enum class DnsFault {
  foreign,   // not the answer to this question: another id or name, no answer at all
  malformed  // broken, or beyond what an answer may be
};

struct DnsReading {
  std::optional<DnsReply> reply;
  DnsFault fault = DnsFault::foreign;  // without a reply
};

// Linear: pointers lead backwards only, a name has its 255 octets, sections have an end.
DnsReading read_reply(std::string_view octets, const DnsQuestion& question);

}  // namespace majlis::net
