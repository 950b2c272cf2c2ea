#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/posts/rules/patterns.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::array<std::string_view, 3> kFieldsOfCopies = {"From:", "Sender:", "Reply-To:"};

}  // namespace

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

// A copy of a post in the text of a message: what mail servers that know no report, and robots, send back. People
// quote so, too, and therefore it waits for one.
std::optional<Decision> quoted_loop(const PostFacts& facts) {
  if (facts.list->config().choice(Setting::loop_check) != "full") return std::nullopt;
  const std::string address = facts.list->address();
  for (const mail::Part& part : facts.message->scan().parts) {
    if (part.type != "text/plain") continue;
    const std::string text = text_of_part(*facts.message, part);
    std::string_view rest = text;
    while (const auto line = next_line(rest)) {
      const auto* const field =
          std::find_if(kFieldsOfCopies.begin(), kFieldsOfCopies.end(),
                       [&](std::string_view name) { return starts_with_ignoring_case(trim(*line), name); });
      if (field == kFieldsOfCopies.end() || find_ignoring_case(*line, address) == std::string_view::npos) continue;
      return decision(Action::hold, ReasonId::quoted_loop, {{"field", std::string(*field)}});
    }
  }
  return std::nullopt;
}

}  // namespace majlis::lists
