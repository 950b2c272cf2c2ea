#include "lists/posts/rules/rules.h"
#include "mail/automatic.h"

namespace majlis::lists {

using Kind = mail::AutomaticReason::Kind;

// Bounces never become posts; other automatic mail (vacation notes, other lists) waits for a person.
std::optional<Decision> robot(const PostFacts& facts, const PostStanding& standing) {
  if (mail::is_bounce_like(*facts.message, facts.envelope_sender)) {
    return decision(Action::discard, ReasonId::bounce);
  }
  const auto reason = mail::automatic_reason(*facts.message, facts.envelope_sender);
  if (!reason || facts.proof != auth::Proof::none || reason->kind == Kind::no_reply_wanted) return std::nullopt;
  // A member's post that came by way of another list, a tracker or a mailing service is that member's; our own loop
  // marks were asked before.
  if (standing.is_member && reason->kind != Kind::machine) return std::nullopt;
  return decision(Action::hold, ReasonId::robot, {{"why", std::string(reason->word)}});
}

}  // namespace majlis::lists
