#include "lists/posts/reading/resent.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// The same Message-ID with the same content once more. Another text under a known Message-ID is no duplicate. Who sends
// an old post to the list again (RFC 5322 3.6.6) does it on purpose, and hears that it was there.
std::optional<Decision> duplicate(const PostFacts& facts, const PostStanding& standing) {
  if (!standing.is_duplicate) return std::nullopt;
  return decision(is_resent(*facts.message) ? Action::reject : Action::discard, ReasonId::duplicate);
}

}  // namespace majlis::lists
