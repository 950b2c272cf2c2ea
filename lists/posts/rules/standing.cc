#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

Action action_for_strangers(const ListConfig& config) {
  const std::string_view choice = config.choice(Setting::nonmember_posts);
  if (choice == "reject") return Action::reject;
  return choice == "discard" ? Action::discard : Action::hold;
}

}  // namespace

// Exactly one From field with exactly one mailbox; otherwise nobody can say whose post it is (RFC 7103 7.5).
std::optional<Decision> no_author(const PostFacts& facts) {
  if (facts.author) return std::nullopt;
  return decision(Action::hold, ReasonId::no_author);
}

// restrict_post, when set, says who may post in place of the roster, also where anyone might.
std::optional<Decision> not_member(const PostFacts& facts, const PostStanding& standing) {
  const ListConfig& config = facts.list->config();
  const bool restricted = config.is_set(Setting::restrict_post);
  std::string_view access = config.choice(Setting::post_access);
  if (access == "open" && !restricted) return std::nullopt;
  if (access == "open") access = "list";
  if (access == "list" && (restricted ? standing.is_permitted_poster : standing.is_member)) return std::nullopt;
  if (access == "list" && config.choice(Setting::nonmember_posts) == "accept") return std::nullopt;
  const Action action = action_for_strangers(config);
  if (access != "list") return decision(action, ReasonId::moderators_only);
  return decision(action, ReasonId::stranger, {{"who", facts.author ? facts.author->address.text() : "unknown"}});
}

// It says so of a member, a moderator's address or not.
std::optional<Decision> nopost(const PostFacts& /*facts*/, const PostStanding& standing) {
  if (!standing.member_may_not_post) return std::nullopt;
  return decision(Action::reject, ReasonId::nopost);
}

// The member option counts for owners and moderators as well, as long as anybody may have written in their name.
std::optional<Decision> moderated(const PostFacts& facts, const PostStanding& standing) {
  const bool is_in_charge = facts.author_is_in_charge && facts.is_authenticated;
  const bool is_moderated = standing.member_is_moderated && !is_in_charge;
  if (!facts.list->config().is_on(Setting::moderate) && !is_moderated) return std::nullopt;
  return decision(Action::hold, ReasonId::moderated);
}

}  // namespace majlis::lists
