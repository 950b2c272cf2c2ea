#include "net/clamd.h"

#include <algorithm>
#include <optional>

#include "base/digit.h"
#include "base/text.h"
#include "net/clamd_exchange.h"
#include "net/resolver.h"

namespace majlis::net {
namespace {

constexpr std::size_t kMaxNameOctets = 200;

Scan down(const std::string& why) { return {Scan::Verdict::down, "", why}; }

bool is_clean(std::string_view reply) {
  if (reply == "stream: OK") return true;
  constexpr std::string_view kBegin = "fd[";
  constexpr std::string_view kEnd = "]: OK";
  if (!reply.starts_with(kBegin) || !reply.ends_with(kEnd) || reply.size() <= kBegin.size() + kEnd.size()) return false;
  const std::string_view number = reply.substr(kBegin.size(), reply.size() - kBegin.size() - kEnd.size());
  return std::all_of(number.begin(), number.end(), is_digit);
}

// Of "stream: NAME FOUND".
std::string name_in(std::string_view reply, std::string_view found) {
  reply.remove_suffix(found.size());
  const std::size_t colon = reply.find(": ");
  const std::string_view name = trim(colon == std::string_view::npos ? reply : reply.substr(colon + 2));
  return name.empty() ? "?" : printable(name, kMaxNameOctets);
}

Scan scan_piece(std::span<const Endpoint> endpoints, std::string_view piece, const Deadline& deadline) {
  std::string why = "net: no address of the scanner";
  for (const Endpoint& endpoint : endpoints) {
    const Result<std::string> reply = scan_by_stream(endpoint, piece, deadline);
    if (!reply) {
      why = reply.error().what;
      continue;
    }
    const bool is_here = endpoint.address.ss_family == AF_UNIX;
    if (!is_here || !is_too_long(*reply)) return read_scan_reply(*reply);
    const Result<std::string> second = scan_by_descriptor(endpoint, piece, deadline);
    return second ? read_scan_reply(*second) : down(second.error().what);
  }
  return down(why);
}

}  // namespace

Result<ScannerAddress> ScannerAddress::parse(std::string_view text) {
  const Error wrong{ErrorKind::misconfigured,
                    "net: '" + printable(text, 100) + "' is not unix:/PATH and not tcp:HOST:PORT"};
  ScannerAddress address;
  if (text.starts_with("unix:/")) {
    address.path = text.substr(5);
    const Result<Endpoint> socket = socket_endpoint(address.path);
    return socket ? Result<ScannerAddress>(address) : socket.error();
  }
  const std::size_t colon = text.rfind(':');
  constexpr std::string_view kTcp = "tcp:";
  if (!text.starts_with(kTcp) || colon <= kTcp.size()) return wrong;
  const std::optional<std::uint64_t> port = parse_number(text.substr(colon + 1));
  if (!port || *port == 0 || *port > 65535) return wrong;
  address.host = text.substr(kTcp.size(), colon - kTcp.size());
  address.port = static_cast<std::uint16_t>(*port);
  const bool is_bracketed = address.host.starts_with('[');
  const bool is_name = !is_bracketed && dns_name(address.host) && address.host.find(':') == std::string::npos;
  return is_name || parse_endpoint(address.host, address.port) ? Result<ScannerAddress>(address) : wrong;
}

Result<Scanner> Scanner::create(std::string_view address, std::chrono::milliseconds patience,
                                const std::string& resolver) {
  const Result<ScannerAddress> parsed = ScannerAddress::parse(address);
  if (!parsed) return parsed.error();
  return Scanner(*parsed, patience, resolver);
}

Result<std::vector<Endpoint>> Scanner::endpoints() const {
  if (!address_.path.empty()) {
    const Result<Endpoint> socket = socket_endpoint(address_.path);
    return socket ? Result<std::vector<Endpoint>>({*socket}) : socket.error();
  }
  if (const Result<Endpoint> endpoint = parse_endpoint(address_.host, address_.port)) return std::vector{*endpoint};
  // RFC 6761 6.3: always this machine.
  if (equals_ignoring_case(address_.host, "localhost")) {
    return std::vector{*parse_endpoint("127.0.0.1", address_.port), *parse_endpoint("::1", address_.port)};
  }
  Result<Resolver> resolver = Resolver::create(resolver_, patience_);
  if (!resolver) return resolver.error();
  return resolver->addresses(address_.host, address_.port);
}

Scan Scanner::scan(std::span<const std::string_view> pieces) const {
  const Deadline deadline(patience_);
  const Result<std::vector<Endpoint>> found = endpoints();
  if (!found) return down(found.error().what);
  Scan whole{Scan::Verdict::clean, "", ""};
  for (const std::string_view piece : pieces) {
    Scan scan = scan_piece(*found, piece, deadline);
    if (scan.verdict == Scan::Verdict::found) return scan;
    // Something may still be found in a later piece.
    if (scan.verdict == Scan::Verdict::down && whole.verdict == Scan::Verdict::clean) whole = std::move(scan);
    if (deadline.has_passed()) return whole.verdict == Scan::Verdict::clean ? down("net: no answer in time") : whole;
  }
  return pieces.empty() ? down("net: nothing to scan") : whole;
}

Scan read_scan_reply(std::string_view reply) {
  constexpr std::string_view kFound = "FOUND";
  if (reply.ends_with(kFound)) return {Scan::Verdict::found, name_in(reply, kFound), ""};
  if (is_clean(reply)) return {Scan::Verdict::clean, "", ""};
  return down("net: the scanner says '" + printable(reply, kMaxNameOctets) + "'");
}

}  // namespace majlis::net
