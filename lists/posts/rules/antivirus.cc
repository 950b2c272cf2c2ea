#include "lists/effects/scanning.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

// Whoever a virus claims to be is told nothing, except a member; and who sent it in with the list's password.
Action action_for(const PostFacts& facts, const PostStanding& standing) {
  const std::string_view word = facts.list->config().choice(Setting::antivirus_action);
  if (word == "hold") return Action::hold;
  const bool is_told = standing.is_member || facts.proof != auth::Proof::none;
  return word == "reject" && is_told ? Action::reject : Action::discard;
}

}  // namespace

// What was not scanned passes no more than what was found infected.
std::optional<Decision> antivirus(const PostFacts& facts, const PostStanding& standing) {
  if (!facts.scan && !is_scanned(*facts.site, *facts.list)) return std::nullopt;
  const std::optional<Reason> obstacle = obstacle_in(facts.scan.value_or(net::Scan{}));
  if (!obstacle) return std::nullopt;
  const bool waits_for_scanner = obstacle->id == ReasonId::not_scanned;
  const Action if_down =
      while_scanner_is_down(*facts.site, *facts.list) == WhileDown::hold ? Action::hold : Action::defer;
  return Decision{waits_for_scanner ? if_down : action_for(facts, standing), {}, {*obstacle}, {}};
}

}  // namespace majlis::lists
