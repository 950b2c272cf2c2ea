#include "net/dns_message.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::net {
namespace {

constexpr std::size_t kHeaderOctets = 12;
constexpr std::size_t kMaxNameOctets = 255;
constexpr std::size_t kMaxLabelOctets = 63;
constexpr std::size_t kMaxPointers = 64;  // in one name
constexpr std::size_t kMaxRecords = 200;  // of one section
constexpr std::uint16_t kInternet = 1;
constexpr std::uint32_t kMostSeconds = 7 * 24 * 3600;  // RFC 8767 4

void append_16(std::string& octets, std::uint16_t number) {
  octets += static_cast<char>(number >> 8U);
  octets += static_cast<char>(number & 0xFFU);
}

// Reads from the front of a message; what is not there makes it bad, and everything after that is 0 or empty.
class Reader {
 public:
  Reader(std::string_view message, std::size_t at) : message_(message), at_(at) {}

  bool is_good() const { return is_good_; }
  std::size_t at() const { return at_; }

  std::uint16_t number_16() {
    const std::string_view two = octets(2);
    return two.empty() ? 0 : static_cast<std::uint16_t>((octet_of(two[0]) << 8U) | octet_of(two[1]));
  }
  std::uint32_t number_32() {
    const std::uint32_t high = number_16();
    return (high << 16U) | number_16();
  }
  std::string_view octets(std::size_t count) {
    is_good_ = is_good_ && count <= message_.size() - at_;
    if (!is_good_) return {};
    at_ += count;
    return message_.substr(at_ - count, count);
  }
  // In lower case, uncompressed.
  std::string name();

 private:
  static unsigned octet_of(char c) { return static_cast<unsigned char>(c); }
  std::string_view message_;
  std::size_t at_;
  bool is_good_ = true;
};

// Every pointer must lead to before where its piece of the name began, so that there are no circles (RFC 1035 4.1.4:
// "a prior occurrence").
std::string Reader::name() {
  std::string name;
  std::size_t piece = at_;
  std::size_t pointers = 0;
  std::optional<std::size_t> behind;
  while (is_good_) {
    const std::string_view length = octets(1);
    if (length.empty()) break;
    const unsigned octet = octet_of(length[0]);
    if (octet >= 0xC0U) {
      const std::string_view low = octets(1);
      if (low.empty()) break;
      if (!behind) behind = at_;
      const std::size_t target = ((octet & 0x3FU) << 8U) | octet_of(low[0]);
      is_good_ = target < piece && ++pointers <= kMaxPointers;
      piece = at_ = target;
      continue;
    }
    const std::string_view label = octets(octet);
    is_good_ = is_good_ && octet <= kMaxLabelOctets && name.size() + 1 + octet <= kMaxNameOctets;
    if (!is_good_) break;
    name += static_cast<char>(octet);
    name += to_lower_ascii(label);
    if (octet == 0) break;
  }
  if (!is_good_) return {};
  if (behind) at_ = *behind;
  return name;
}

// The pieces of a TXT record, each behind its length, joined without anything between (RFC 7208 3.3, RFC 6376 3.6.2.2).
std::optional<std::string> joined_text(std::string_view data) {
  std::string text;
  while (!data.empty()) {
    const auto length = static_cast<unsigned char>(data[0]);
    if (length > data.size() - 1) return std::nullopt;
    text += data.substr(1, length);
    data.remove_prefix(1U + length);
  }
  return text;
}

// nullopt: broken.
std::optional<DnsRecord> read_record(Reader& reader, std::string_view message) {
  DnsRecord record;
  record.name = reader.name();
  record.type = reader.number_16();
  const std::uint16_t space = reader.number_16();
  // The highest bit says 0 (RFC 2181 8).
  const std::uint32_t seconds = reader.number_32();
  record.seconds = (seconds >> 31U) != 0 ? 0 : std::min(seconds, kMostSeconds);
  const std::uint16_t octets = reader.number_16();
  const std::size_t begin = reader.at();
  const std::string_view data = reader.octets(octets);
  if (!reader.is_good()) return std::nullopt;
  record.data = data;
  if (space != kInternet) record.type = 0;
  if (record.type == static_cast<std::uint16_t>(RecordType::txt)) {
    std::optional<std::string> text = joined_text(data);
    if (!text) return std::nullopt;
    record.data = std::move(*text);
  }
  if (record.type == static_cast<std::uint16_t>(RecordType::cname)) {
    Reader target(message, begin);
    record.data = target.name();
    if (!target.is_good() || target.at() != begin + octets) return std::nullopt;
  }
  return record;
}

// Of a record SOA: the lesser of its own time and its last field (RFC 2308 5).
std::uint32_t negative_seconds_of(const DnsRecord& record) {
  if (record.data.size() < 4) return 0;
  Reader last(record.data, record.data.size() - 4);
  return std::min(record.seconds, last.number_32());
}

bool read_sections(Reader& reader, std::string_view message, std::uint16_t answers, std::uint16_t authorities,
                   DnsReply& reply) {
  if (answers > kMaxRecords || authorities > kMaxRecords) return false;
  for (unsigned i = 0; i < answers; ++i) {
    std::optional<DnsRecord> record = read_record(reader, message);
    if (!record) return false;
    reply.answers.push_back(std::move(*record));
  }
  bool has_servers = false;
  bool has_start = false;
  for (unsigned i = 0; i < authorities; ++i) {
    const std::optional<DnsRecord> record = read_record(reader, message);
    if (!record) return false;
    constexpr std::uint16_t kServers = 2;
    has_servers = has_servers || record->type == kServers;
    if (record->type != static_cast<std::uint16_t>(RecordType::soa)) continue;
    has_start = true;
    reply.negative_seconds = negative_seconds_of(*record);
  }
  reply.is_referral = answers == 0 && has_servers && !has_start;
  return true;
}

}  // namespace

std::optional<std::string> dns_name(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  std::string name;
  for (const std::string_view label : split_at(text, '.')) {
    const bool is_visible = std::all_of(label.begin(), label.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (label.empty() || label.size() > kMaxLabelOctets || !is_visible) return std::nullopt;
    name += static_cast<char>(label.size());
    name += to_lower_ascii(label);
  }
  name += '\0';
  return name.size() <= kMaxNameOctets ? std::optional(name) : std::nullopt;
}

std::string write_question(const DnsQuestion& question) {
  constexpr std::uint16_t kRecursionDesired = 0x0100;
  std::string octets;
  append_16(octets, question.id);
  append_16(octets, kRecursionDesired);
  append_16(octets, 1);  // question
  octets.append(6, '\0');
  octets += question.name;
  append_16(octets, static_cast<std::uint16_t>(question.type));
  append_16(octets, kInternet);
  return octets;
}

DnsReading read_reply(std::string_view octets, const DnsQuestion& question) {
  if (octets.size() < kHeaderOctets || octets.size() > kMaxDnsOctets) return {std::nullopt, DnsFault::foreign};
  Reader reader(octets, 0);
  const std::uint16_t id = reader.number_16();
  const std::uint16_t flags = reader.number_16();
  const std::uint16_t questions = reader.number_16();
  const std::uint16_t answers = reader.number_16();
  const std::uint16_t authorities = reader.number_16();
  reader.number_16();                                     // further records are of no use to us
  const bool is_response = (flags & 0xF800U) == 0x8000U;  // of a plain question
  if (id != question.id || !is_response || questions != 1) return {std::nullopt, DnsFault::foreign};
  const std::string name = reader.name();
  const std::uint16_t type = reader.number_16();
  const std::uint16_t space = reader.number_16();
  if (!reader.is_good() || name != question.name || type != static_cast<std::uint16_t>(question.type) ||
      space != kInternet) {
    return {std::nullopt, DnsFault::foreign};
  }
  DnsReply reply;
  reply.is_truncated = (flags & 0x0200U) != 0;
  reply.code = flags & 0x000FU;
  // Of what was cut off nothing is used.
  if (!reply.is_truncated && !read_sections(reader, octets, answers, authorities, reply)) {
    return {std::nullopt, DnsFault::malformed};
  }
  const bool is_authoritative_or_recursive = (flags & 0x0480U) != 0;
  reply.is_referral = reply.is_referral && !is_authoritative_or_recursive;
  return {std::move(reply), DnsFault::foreign};
}

}  // namespace majlis::net
