#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// The owner has stopped the list for a while.
std::optional<Decision> emergency(const PostFacts& facts) {
  if (!facts.list->config().is_on(Setting::emergency)) return std::nullopt;
  return decision(Action::hold, ReasonId::emergency);
}

// More posts than people write: robots that answer each other, or a quarrel.
std::optional<Decision> flood(const PostFacts& facts, const PostStanding& standing) {
  if (!standing.is_flooded) return std::nullopt;
  return decision(Action::hold, ReasonId::flooded,
                  {{"limit", std::to_string(facts.list->config().integer(Setting::flood_per_hour))}});
}

}  // namespace majlis::lists
