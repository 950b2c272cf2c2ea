#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// A secret that would be sent to every member: the list's password, in a command that belongs to LIST-request, say; one
// that stands in another part too (an HTML copy), right or nearly right; a token that decides about a held post.
std::optional<Decision> password_leak(const PostFacts& facts) {
  if (facts.has_moderation_token) {
    return Decision{Action::reject,
                    {},
                    "a token that decides about a held post stood in the message; it was not sent. Answer the notice "
                    "itself, or write to the -request address of the list"};
  }
  // A stranger is not told that it was one.
  if (facts.has_password_in_text && !facts.author_is_in_charge) {
    return Decision{Action::reject,
                    {},
                    "words of a command that is for the list's manager stood in the message; it was not sent. Commands "
                    "go to " +
                        facts.list->role_address("request")};
  }
  if (facts.has_password_in_text) {
    return Decision{Action::reject,
                    {},
                    "the list's password stood in the text; it was not sent, so that it stays secret. Commands go to " +
                        facts.list->role_address("request")};
  }
  const bool is_left = facts.password_is_elsewhere || facts.has_approved_line;
  if (facts.password == PasswordSeen::none || !is_left) return std::nullopt;
  return Decision{Action::reject,
                  {},
                  "the password of the Approved: line stood in the message a second time; it was not sent. Write the "
                  "post as plain text with the password in an Approved: header field; if the password was right, "
                  "change it"};
}

std::optional<Decision> wrong_password(const PostFacts& facts) {
  if (facts.password == PasswordSeen::wrong) {
    return Decision{Action::hold, {}, "the password in the Approved: line is not right"};
  }
  if (facts.password == PasswordSeen::not_looked_at) {
    return Decision{
        Action::hold, {}, "the password in the Approved: line was not looked at: too many were wrong in the last hour"};
  }
  return std::nullopt;
}

}  // namespace majlis::lists
