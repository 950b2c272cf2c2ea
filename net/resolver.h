#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/dns_message.h"
#include "net/endpoint.h"

namespace majlis::net {

// What the DNS says about the texts of a name.
struct TxtAnswer {
  enum class Kind {
    found,      // one text at least
    no_record,  // the name exists, without a text
    no_name,    // NXDOMAIN: neither it nor anything below it (RFC 8020)
    failed      // nobody knows: SERVFAIL, no answer in time, nonsense
  };
  Kind kind = Kind::failed;
  std::vector<std::string> texts;  // pieces of one record joined; octets as they came
  std::uint32_t seconds = 0;       // for which this may be remembered, at most kMaxRememberedSeconds
  std::string why;                 // of failed: "the name server failed", ...
};

constexpr std::uint32_t kMaxRememberedSeconds = 24 * 3600;
constexpr std::uint32_t kFailureSeconds = 300;  // a failure is remembered (RFC 2308 7)
constexpr std::uint16_t kDnsPort = 53;

// Asks recursive name servers, over UDP and where an answer is cut off over TCP. Keeps nothing.
class Resolver {
 public:
  // `patience`: for all questions together; only waiting counts. What is asked when it is used up fails at once.
  Resolver(std::vector<Endpoint> servers, std::chrono::milliseconds patience)
      : servers_(std::move(servers)), patience_(patience) {}

  // `server`: of parse_endpoint(); "": those of `resolv_conf`. misconfigured when it is no address.
  static Result<Resolver> create(const std::string& server, std::chrono::milliseconds patience,
                                 const std::string& resolv_conf = "/etc/resolv.conf");

  // Follows aliases (CNAME). A name that cannot be asked for does not exist.
  TxtAnswer txt(std::string_view name);
  // Addresses of a host, IPv4 first, with `port`; at most kMaxHostAddresses. again when there are none.
  Result<std::vector<Endpoint>> addresses(const std::string& host, std::uint16_t port);
  static constexpr std::size_t kMaxHostAddresses = 8;

  const std::vector<Endpoint>& servers() const { return servers_; }

 private:
  struct Answer {
    TxtAnswer::Kind kind = TxtAnswer::Kind::failed;
    std::vector<std::string> data;
    std::uint32_t seconds = 0;
    std::string why;
  };
  Answer ask(std::string_view name, RecordType type);
  Answer follow(std::string name, RecordType type);

  std::vector<Endpoint> servers_;
  std::chrono::milliseconds patience_;
};

// The addresses of the lines "nameserver ADDRESS" of resolv.conf(5), kMaxNameServers at most; without one this machine.
std::vector<Endpoint> name_servers_of(std::string_view resolv_conf);
constexpr std::size_t kMaxNameServers = 3;  // as MAXNS

}  // namespace majlis::net
