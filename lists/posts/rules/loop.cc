#include "base/text.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Our own copy came back (RFC 2919, RFC 2369): by List-Id, by List-Post, by X-Loop, or after too many hops.
std::optional<Decision> loop(const PostFacts& facts) {
  const mail::Message& message = *facts.message;
  const std::string id = "<" + facts.list->list_id() + ">";
  const std::string address = facts.list->address();
  const auto mentions = [&](std::string_view field, std::string_view mark) {
    for (const std::string& body : message.fields(field)) {
      if (find_ignoring_case(body, mark) != std::string_view::npos) return true;
    }
    return false;
  };
  const bool came_back =
      mentions("List-Id", id) || mentions("List-Post", "<mailto:" + address + ">") || mentions("X-Loop", address);
  const auto hops = static_cast<std::int64_t>(message.fields("Received").size());
  if (!came_back && hops <= facts.site->config().max_received) return std::nullopt;
  return decision(Action::discard, came_back ? ReasonId::loop : ReasonId::hops);
}

}  // namespace majlis::lists
