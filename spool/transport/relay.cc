#include "spool/transport/relay.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace majlis::spool {
namespace {

constexpr std::string_view kForms =
    "expected smtp://host[:port], smtps://host[:port], lmtp://host[:port], lmtp:/socket, sendmail:/path or maildir:DIR";

struct Scheme {
  std::string_view prefix;
  Relay::Kind kind;
  std::string_view default_port;  // empty: a path follows
};

// "lmtp://" stands before "lmtp:".
constexpr std::array<Scheme, 6> kSchemes = {{
    {"smtp://", Relay::Kind::smtp, "25"},
    {"smtps://", Relay::Kind::smtps, "465"},
    {"lmtp://", Relay::Kind::lmtp_tcp, "24"},
    {"lmtp:", Relay::Kind::lmtp_socket, ""},
    {"sendmail:", Relay::Kind::sendmail, ""},
    {"maildir:", Relay::Kind::maildir, ""},
}};

Error not_a_relay(std::string_view url, std::string_view why) {
  return Error{ErrorKind::misconfigured,
               "spool: relay \"" + printable(url, 200) + "\": " + std::string(why) + "; " + std::string(kForms)};
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || c == ':' || c == '%';
}

bool is_port(std::string_view text) {
  const std::optional<std::uint64_t> number = parse_number(text);
  return number && *number > 0 && *number <= 65535 && text.size() <= 5;
}

// "host", "host:port", "[2001:db8::1]", "[2001:db8::1]:port", each perhaps with a final '/'.
bool split_host(std::string_view place, Relay& relay) {
  if (!place.empty() && place.back() == '/') place.remove_suffix(1);
  std::string_view host = place;
  std::string_view behind;
  if (!place.empty() && place.front() == '[') {
    const std::size_t end = place.find(']');
    if (end == std::string_view::npos) return false;
    host = place.substr(1, end - 1);
    behind = place.substr(end + 1);
  } else {
    const std::size_t colon = place.find(':');
    host = place.substr(0, colon);
    if (colon != std::string_view::npos) behind = place.substr(colon);
  }
  if (host.empty() || !std::all_of(host.begin(), host.end(), is_host_character)) return false;
  relay.host.assign(host);
  if (behind.empty()) return true;
  if (behind.front() != ':' || !is_port(behind.substr(1))) return false;
  relay.port.assign(behind.substr(1));
  return true;
}

bool is_path(std::string_view text) {
  return !text.empty() &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

const Scheme& scheme_of(Relay::Kind kind) {
  return *std::find_if(kSchemes.begin(), kSchemes.end(), [&](const Scheme& scheme) { return scheme.kind == kind; });
}

}  // namespace

Result<Relay> Relay::parse(std::string_view url) {
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [&](const Scheme& known) { return starts_with_ignoring_case(url, known.prefix); });
  if (scheme == kSchemes.end()) return not_a_relay(url, "unknown kind");
  const std::string_view rest = url.substr(scheme->prefix.size());
  Relay relay;
  relay.kind = scheme->kind;
  if (!scheme->default_port.empty()) {
    relay.port.assign(scheme->default_port);
    if (!split_host(rest, relay)) return not_a_relay(url, "host or port is malformed");
    return relay;
  }
  if (!is_path(rest)) return not_a_relay(url, "the path is missing or has control characters");
  if (relay.kind != Kind::maildir && rest.front() != '/') return not_a_relay(url, "the path must begin with /");
  relay.path.assign(rest);
  return relay;
}

std::string Relay::text() const {
  const Scheme& scheme = scheme_of(kind);
  if (scheme.default_port.empty()) return std::string(scheme.prefix) + path;
  const bool is_bracketed = host.find(':') != std::string::npos;
  return std::string(scheme.prefix) + (is_bracketed ? "[" + host + "]" : host) + ":" + port;
}

}  // namespace majlis::spool
