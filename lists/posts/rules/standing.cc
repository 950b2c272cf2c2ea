#include "lists/posts/rules/rules.h"

namespace majlis::lists {

// Exactly one From field with exactly one mailbox; otherwise nobody can say whose post it is (RFC 7103 7.5).
std::optional<Decision> no_author(const PostFacts& facts) {
  if (facts.author) return std::nullopt;
  return decision(Action::hold, ReasonId::no_author);
}

// Whoever is banned is not told: its name stands on what others forge.
std::optional<Decision> banned(const PostFacts& /*facts*/, const PostStanding& standing) {
  if (!standing.is_banned) return std::nullopt;
  return decision(Action::discard, ReasonId::banned);
}

// The owner reads what it stops: a pattern may name more than was meant.
std::optional<Decision> address_filter(const PostFacts& facts) {
  if (!facts.is_filtered) return std::nullopt;
  return decision(Action::hold, ReasonId::filtered);
}

// restrict_post, when set, says who may post in place of the roster, also where anyone might. Who runs the list may
// post where members may, subscribed or not, once the post shows that it is theirs: their addresses are no secret.
std::optional<Decision> not_member(const PostFacts& facts, const PostStanding& standing) {
  const ListConfig& config = facts.list->config();
  const bool restricted = config.is_set(Setting::restrict_post);
  std::string_view access = config.choice(Setting::post_access);
  if (access == "open" && restricted) access = "list";
  const bool may_post = restricted ? standing.is_permitted_poster : standing.is_member;
  const bool is_named = !may_post && !standing.is_member && facts.if_stranger.has_value();
  if (access == "open" && !is_named) return std::nullopt;
  if (access != "closed" && may_post) return std::nullopt;
  const bool runs_the_list = facts.author_is_in_charge && access != "closed" && !is_named;
  if (runs_the_list && facts.is_authenticated) return std::nullopt;
  Action action = is_named ? *facts.if_stranger : action_of_choice(config.choice(Setting::nonmember_posts));
  if (access != "closed" && action == Action::accept) return std::nullopt;
  // Where every post waits nobody is asked besides.
  if (runs_the_list && !config.is_on(Setting::moderate)) action = Action::challenge;
  // Where only moderators post, nobody's own word lets a post pass.
  if (access == "closed" && (action == Action::accept || action == Action::challenge)) action = Action::hold;
  if (access == "closed") return decision(action, ReasonId::moderators_only);
  const std::string who = facts.author ? facts.author->address.text() : "unknown";
  return decision_about_author(facts, action, {ReasonId::stranger, {{"who", who}}});
}

// It says so of a member, a moderator's address or not.
std::optional<Decision> nopost(const PostFacts& /*facts*/, const PostStanding& standing) {
  if (!standing.member_may_not_post) return std::nullopt;
  return decision(Action::reject, ReasonId::nopost);
}

// What holds a member's posts counts for owners and moderators as well, as long as anybody may have written in their
// name.
bool is_in_charge(const PostFacts& facts) { return facts.author_is_in_charge && facts.is_authenticated; }

// An editor's post passes where others wait, once it shows that it is the editor's. Of several that wait an answer
// would release all, so that what was forged meanwhile would go out with it: one is asked about at a time.
std::optional<Decision> moderated(const PostFacts& facts, const PostStanding& standing) {
  const bool is_moderated = standing.member_is_moderated && !is_in_charge(facts);
  if (!facts.list->config().is_on(Setting::moderate) && !is_moderated) return std::nullopt;
  if (is_moderated || !standing.member_is_editor) return decision(Action::hold, ReasonId::moderated);
  if (facts.is_authenticated) return std::nullopt;
  if (standing.editor_is_asked) return decision(Action::hold, ReasonId::moderated);
  return decision_about_author(facts, Action::challenge, {ReasonId::moderated, {}});
}

std::optional<Decision> moderate_first(const PostFacts& facts, const PostStanding& standing) {
  const auto limit = static_cast<std::uint64_t>(facts.list->config().integer(Setting::moderate_first));
  if (!standing.posts_before || *standing.posts_before >= limit || is_in_charge(facts)) return std::nullopt;
  return decision(Action::hold, ReasonId::new_member,
                  {{"count", std::to_string(*standing.posts_before + 1)}, {"limit", std::to_string(limit)}});
}

}  // namespace majlis::lists
