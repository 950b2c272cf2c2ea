#include "lists/posts/rules/rules.h"

namespace majlis::lists {
std::optional<Decision> max_size(const PostFacts& facts) {
  const std::int64_t limit = facts.list->config().integer(Setting::maxlength);
  const auto size = static_cast<std::int64_t>(facts.message->body().size());
  if (size <= limit) return std::nullopt;
  return decision(Action::hold, ReasonId::too_long, {{"size", std::to_string(size)}, {"limit", std::to_string(limit)}});
}

// What readers would understand differently is not sent on unseen: the filter must have seen what the members see.
std::optional<Decision> malformed(const PostFacts& facts) {
  const mail::Scan& scan = facts.message->scan();
  const bool reject = facts.list->config().choice(Setting::malformed_posts) == "reject";
  const Action action = reject ? Action::reject : Action::hold;
  if (scan.is_ambiguous()) {
    return decision(action, ReasonId::malformed, {{"why", mail::word_for(scan.ambiguities.front())}});
  }
  if (facts.structure.opinion == mail::Opinion::agrees) return std::nullopt;
  // Why in detail is the log's: a child that the message may have taken over has had a hand in the words.
  return decision(action, ReasonId::malformed_parts);
}

// A piece of a larger message, or one whose text is elsewhere: what members would read, nobody has seen.
std::optional<Decision> partial(const PostFacts& facts) {
  for (const mail::Part& part : facts.message->scan().parts) {
    if (part.type != "message/partial" && part.type != "message/external-body") continue;
    return decision(Action::hold, ReasonId::partial, {{"type", part.type}});
  }
  return std::nullopt;
}

}  // namespace majlis::lists
