#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Strangers are judged by nonmember_posts: that their name is true would not help them.
std::optional<Decision> unauthenticated(const PostFacts& facts, const PostStanding& standing) {
  if (facts.unauthenticated == Action::accept || !facts.author) return std::nullopt;
  const bool is_stranger = !standing.is_member && !standing.is_permitted_poster && !facts.author_is_in_charge;
  if (is_stranger) return std::nullopt;
  return decision_about_author(facts, facts.unauthenticated,
                               {ReasonId::unauthenticated, {{"domain", facts.author->address.domain()}}});
}

}  // namespace majlis::lists
