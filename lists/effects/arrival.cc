#include "lists/effects/arrival.h"

#include "auth/secret_file.h"
#include "base/log.h"

namespace majlis::lists {

std::string Arrival::fingerprint() const {
  const std::string from = sender.address() ? sender.address()->text() : "";
  return auth::fingerprint({"arrival", recipient.canonical(), from, message.bytes()}).substr(0, 16);
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
