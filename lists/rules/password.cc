#include "lists/rules/rules.h"

namespace majlis::lists {

// A right password that also stands in another part (an HTML copy, say) would be sent to every member.
std::optional<Decision> password_leak(const PostFacts& facts) {
  if (!facts.password_is_elsewhere) return std::nullopt;
  return Decision{Action::reject,
                  {},
                  "the list's password stood in the message a second time; it was not sent. Write the post as plain "
                  "text with the password in an Approved: header field, and change the password"};
}

std::optional<Decision> wrong_password(const PostFacts& facts) {
  if (!facts.password_was_wrong) return std::nullopt;
  return Decision{Action::hold, {}, "the password in the Approved: line is not right"};
}

}  // namespace majlis::lists
