#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// The owner has stopped the list for a while.
std::optional<Decision> emergency(const PostFacts& facts) {
  if (!facts.list->config().is_on(Setting::emergency)) return std::nullopt;
  return decision(Action::hold, ReasonId::emergency);
}

// More posts than people write: robots that answer each other, or a quarrel.
std::optional<Decision> flood(const PostFacts& facts, const PostStanding& standing) {
  if (!standing.is_flooded && !standing.is_flooded_today) return std::nullopt;
  const auto [reason, limit] = standing.is_flooded ? std::pair(ReasonId::flooded, Setting::flood_per_hour)
                                                   : std::pair(ReasonId::flooded_today, Setting::flood_per_day);
  return decision(Action::hold, reason, {{"limit", std::to_string(facts.list->config().integer(limit))}});
}

std::optional<Decision> author_flood(const PostFacts& facts, const PostStanding& standing) {
  if (!standing.author_is_flooded || is_in_charge(facts)) return std::nullopt;
  const std::int64_t limit = facts.list->config().integer(Setting::author_posts_per_day);
  return decision(Action::reject, ReasonId::author_flooded, {{"limit", std::to_string(limit)}});
}

}  // namespace majlis::lists
