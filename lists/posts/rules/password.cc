#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// A secret that would be sent to every member: the list's password or the author's own, in a command that belongs to
// LIST-request, say; one that stands in another part too (an HTML copy), right or nearly right; a token that decides or
// confirms something.
std::optional<Decision> password_leak(const PostFacts& facts) {
  if (facts.has_moderation_token) return decision(Action::reject, ReasonId::token_in_text);
  // A stranger is not told that it was one.
  if (facts.has_own_password || (facts.has_password_in_text && !facts.author_is_in_charge)) {
    return decision(Action::reject, ReasonId::command_in_text, {{"address", facts.list->role_address("request")}});
  }
  if (facts.has_password_in_text) {
    return decision(Action::reject, ReasonId::password_in_text, {{"address", facts.list->role_address("request")}});
  }
  if (facts.has_live_token) {
    return decision(Action::reject, ReasonId::live_token, {{"address", facts.list->role_address("request")}});
  }
  const bool is_left = facts.password_is_elsewhere || facts.has_approved_line;
  if (facts.password == PasswordSeen::none || !is_left) return std::nullopt;
  return decision(Action::reject, ReasonId::password_twice);
}

std::optional<Decision> wrong_password(const PostFacts& facts) {
  if (facts.password == PasswordSeen::wrong) return decision(Action::hold, ReasonId::password_wrong);
  if (facts.password == PasswordSeen::not_looked_at) return decision(Action::hold, ReasonId::password_not_tried);
  return std::nullopt;
}

// Sent at once to members who want no posts: whoever may have that is named by the list.
std::optional<Decision> urgent(const PostFacts& facts) {
  if (!facts.is_urgent || facts.may_be_urgent) return std::nullopt;
  return decision(Action::hold, ReasonId::not_urgent);
}

}  // namespace majlis::lists
