#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// dmarc = reject: the list would change it, and the author's domain asks others to refuse such mail (RFC 9989). What
// a moderator lets pass goes out munged.
std::optional<Decision> dmarc(const PostFacts& facts, const PostStanding&) {
  if (!facts.is_against_policy || !facts.author) return std::nullopt;
  return decision(Action::reject, ReasonId::dmarc, {{"domain", facts.author->address.domain()}});
}

}  // namespace majlis::lists
