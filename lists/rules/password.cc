#include "lists/rules/rules.h"

namespace majlis::lists {

// A secret that would be sent to every member: a password that stands in another part too (an HTML copy, say), right or
// nearly right, or a token that decides about a held post.
std::optional<Decision> password_leak(const PostFacts& facts) {
  if (facts.has_moderation_token) {
    return Decision{Action::reject,
                    {},
                    "a token that decides about a held post stood in the message; it was not sent. Answer the notice "
                    "itself, or write to the -request address of the list"};
  }
  const bool is_left = facts.password_is_elsewhere || facts.has_approved_line;
  if (facts.password == PasswordSeen::none || !is_left) return std::nullopt;
  return Decision{Action::reject,
                  {},
                  "the password of the Approved: line stood in the message a second time; it was not sent. Write the "
                  "post as plain text with the password in an Approved: header field; if the password was right, "
                  "change it"};
}

// A command that belongs to LIST-request, with the list's password in it.
std::optional<Decision> owner_command(const PostFacts& facts) {
  if (!facts.has_owner_command) return std::nullopt;
  return Decision{Action::reject,
                  {},
                  "it begins as an owner's command with a password does; it was not sent, so that the password stays "
                  "secret. Commands go to " +
                      facts.list->role_address("request")};
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

// What looks like a password is kept from moderators too: the post is not held.
std::optional<Decision> stray_approval(const PostFacts& facts) {
  if (!facts.has_approved_line) return std::nullopt;
  return Decision{
      Action::reject,
      {},
      "a line 'Approved: ...' stands where it approves nothing; as it may show a password, the post was not "
      "sent. Put the line first or into the header, or write it in another way"};
}

}  // namespace majlis::lists
