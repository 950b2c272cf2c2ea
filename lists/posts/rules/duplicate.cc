#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// The same Message-ID with the same content once more. Another text under a known Message-ID is no duplicate.
std::optional<Decision> duplicate(const PostFacts& /*facts*/, const PostStanding& standing) {
  if (!standing.is_duplicate) return std::nullopt;
  return decision(Action::discard, ReasonId::duplicate);
}

}  // namespace majlis::lists
