#include "lists/posts/reading/resent.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kResent = "Resent-";

}  // namespace

bool is_resent(const mail::Message& message) {
  const std::vector<mail::Field>& fields = message.scan().parts.front().fields;
  return std::any_of(fields.begin(), fields.end(),
                     [](const mail::Field& field) { return starts_with_ignoring_case(field.name, kResent); });
}

std::optional<mail::Mailbox> resender_of(const mail::Message& message) {
  // The newest group stands on top.
  const std::vector<std::string> bodies = message.fields("Resent-From");
  return bodies.empty() ? std::nullopt : mail::parse_mailbox(bodies.front());
}

}  // namespace majlis::lists
