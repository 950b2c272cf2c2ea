#include "net/resolver.h"

#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "net/dns_exchange.h"

namespace majlis::net {
namespace {

using Kind = TxtAnswer::Kind;

constexpr std::size_t kMaxAliases = 8;
constexpr std::size_t kMaxConfOctets = 65536;
constexpr unsigned kNoSuchName = 3;

const DnsRecord* find_alias(const DnsReply& reply, const std::string& name) {
  for (const DnsRecord& record : reply.answers) {
    if (record.type == static_cast<std::uint16_t>(RecordType::cname) && record.name == name) return &record;
  }
  return nullptr;
}

Endpoint endpoint_of(const std::string& octets, std::uint16_t port) {
  Endpoint endpoint;
  if (octets.size() == sizeof(in_addr)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    std::memcpy(&address.sin_addr, octets.data(), octets.size());
    std::memcpy(&endpoint.address, &address, sizeof(address));
    endpoint.octets = sizeof(address);
    return endpoint;
  }
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  std::memcpy(&address.sin6_addr, octets.data(), sizeof(address.sin6_addr));
  std::memcpy(&endpoint.address, &address, sizeof(address));
  endpoint.octets = sizeof(address);
  return endpoint;
}

}  // namespace

std::vector<Endpoint> name_servers_of(std::string_view resolv_conf) {
  std::vector<Endpoint> servers;
  while (const std::optional<std::string_view> line = next_line(resolv_conf)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.size() < 2 || words[0] != "nameserver" || servers.size() == kMaxNameServers) continue;
    const Result<Endpoint> server = parse_endpoint(words[1], kDnsPort);
    if (server) servers.push_back(*server);
  }
  if (servers.empty()) servers.push_back(*parse_endpoint("127.0.0.1", kDnsPort));
  return servers;
}

Result<Resolver> Resolver::create(const std::string& server, std::chrono::milliseconds patience,
                                  const std::string& resolv_conf) {
  if (!server.empty()) {
    const Result<Endpoint> endpoint = parse_endpoint(server, kDnsPort);
    if (!endpoint) return endpoint.error();
    return Resolver({*endpoint}, patience);
  }
  const Result<std::string> text = read_file(resolv_conf, kMaxConfOctets);
  return Resolver(name_servers_of(text ? std::string_view(*text) : std::string_view()), patience);
}

// A server that follows aliases itself has put the whole chain into its answer; another one is asked again.
Resolver::Answer Resolver::follow(std::string name, RecordType type) {
  Answer answer;
  answer.seconds = kMaxRememberedSeconds;
  for (std::size_t aliases = 0;;) {
    const auto begin = std::chrono::steady_clock::now();
    const Result<DnsReply> reply = exchange(servers_, name, type, Deadline(patience_));
    const auto waited = std::chrono::steady_clock::now() - begin;
    patience_ -= std::min(patience_, std::chrono::ceil<std::chrono::milliseconds>(waited));
    if (!reply) return {Kind::failed, {}, kFailureSeconds, reply.error().what};
    const std::string asked = name;
    for (const DnsRecord* alias = nullptr; (alias = find_alias(*reply, name)) != nullptr && aliases <= kMaxAliases;) {
      ++aliases;
      answer.seconds = std::min(answer.seconds, alias->seconds);
      name = alias->data;
    }
    if (aliases > kMaxAliases) break;
    for (const DnsRecord& record : reply->answers) {
      if (record.name != name || record.type != static_cast<std::uint16_t>(type)) continue;
      answer.seconds = std::min(answer.seconds, record.seconds);
      answer.data.push_back(record.data);
    }
    if (!answer.data.empty()) {
      answer.kind = Kind::found;
      return answer;
    }
    if (name == asked || reply->code == kNoSuchName) {
      const std::uint32_t says = reply->negative_seconds == 0 ? kFailureSeconds : reply->negative_seconds;
      answer.seconds = std::min(answer.seconds, says);
      answer.kind = reply->code == kNoSuchName ? Kind::no_name : Kind::no_record;
      return answer;
    }
  }
  return {Kind::failed, {}, kFailureSeconds, "net: aliases without end"};
}

Resolver::Answer Resolver::ask(std::string_view name, RecordType type) {
  const std::optional<std::string> asked = dns_name(name);
  if (!asked) return {Kind::no_name, {}, kMaxRememberedSeconds, ""};
  return follow(*asked, type);
}

TxtAnswer Resolver::txt(std::string_view name) {
  Answer answer = ask(name, RecordType::txt);
  return {answer.kind, std::move(answer.data), answer.seconds, std::move(answer.why)};
}

Result<std::vector<Endpoint>> Resolver::addresses(const std::string& host, std::uint16_t port) {
  std::vector<Endpoint> found;
  std::string why = "net: no address of " + printable(host, 255);
  for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
    const std::size_t octets = type == RecordType::a ? sizeof(in_addr) : sizeof(in6_addr);
    const Answer answer = ask(host, type);
    if (!answer.why.empty()) why = answer.why;
    for (const std::string& address : answer.data) {
      if (address.size() == octets && found.size() < kMaxHostAddresses) found.push_back(endpoint_of(address, port));
    }
  }
  return found.empty() ? Result<std::vector<Endpoint>>(Error{ErrorKind::again, why}) : found;
}

}  // namespace majlis::net
