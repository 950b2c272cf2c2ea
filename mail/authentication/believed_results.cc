#include "mail/authentication/believed_results.h"

#include <optional>
#include <utility>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxBelievedFields = 50;  // one server writes a handful

bool is_ours(const std::optional<AuthenticationResults>& field, std::string_view authserv_id) {
  return field && !authserv_id.empty() && equals_ignoring_case(field->authserv_id, authserv_id);
}

}  // namespace

BelievedResults read_believed_results(const Message& message, std::string_view authserv_id, BelievedAbove limit) {
  const int last_block = limit == BelievedAbove::first_received ? 0 : 1;
  BelievedResults read;
  int received = 0;
  std::size_t believed = 0;
  for (const Field& field : message.scan().parts.front().fields) {
    if (equals_ignoring_case(field.name, "Received")) ++received;
    if (!equals_ignoring_case(field.name, "Authentication-Results")) continue;
    const std::string_view body = message.bytes().substr(field.body_begin, field.body_end - field.body_begin);
    std::optional<AuthenticationResults> parsed = parse_authentication_results(body);
    if (!is_ours(parsed, authserv_id) || received > last_block || ++believed > kMaxBelievedFields) {
      read.foreign.push_back(&field);
      continue;
    }
    for (AuthenticationResult& result : parsed->results) read.results.push_back(std::move(result));
  }
  return read;
}

}  // namespace majlis::mail
