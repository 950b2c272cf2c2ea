#include "lists/effects/arrival.h"

#include "auth/secret_file.h"
#include "base/log.h"

namespace majlis::lists {
namespace {

std::string digest_of(std::string_view body) { return auth::fingerprint({"body", body}); }

}  // namespace

std::string Arrival::fingerprint() const {
  const std::string from = sender.address() ? sender.address()->text() : "";
  return auth::fingerprint({"arrival", recipient.canonical(), from, message.header(), body_digest()}).substr(0, 16);
}

const std::string& Arrival::body_digest() const {
  if (kept_body_digest.empty()) kept_body_digest = digest_of(message.body());
  return kept_body_digest;
}

std::string body_digest_of(const mail::Message& message, const Arrival& arrival) {
  const std::string_view body = message.body();
  const std::string_view arrived = arrival.message.body();
  const bool is_same = body.data() == arrived.data() && body.size() == arrived.size();
  return is_same ? arrival.body_digest() : digest_of(body);
}

std::string without_tag(std::string_view address) {
  const std::size_t plus = address.find('+');
  const std::size_t at = address.rfind('@');
  if (plus == std::string_view::npos) return std::string(address);
  const std::string_view domain = at == std::string_view::npos || at < plus ? "" : address.substr(at);
  return std::string(address.substr(0, plus)) + "+***" + std::string(domain);
}

void log_arrival(const Arrival& arrival, const Outcome& outcome, std::string_view why) {
  log(Severity::info, LogLine("mail")
                          .with("to", without_tag(arrival.recipient.canonical()))
                          .with("msgid", arrival.message.message_id())
                          .with("verdict", outcome.verdict)
                          .with("rule", outcome.rule)
                          .with("why", why));
}

}  // namespace majlis::lists
