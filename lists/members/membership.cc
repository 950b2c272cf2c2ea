#include "lists/members/membership.h"

#include <string_view>

namespace majlis::lists {
namespace {

bool is_owner_proof(auth::Proof proof) {
  return proof == auth::Proof::list_password || proof == auth::Proof::administrator;
}

MembershipAnswer nothing_to_change(const MembershipQuestion& question, MembershipAnswer plain) {
  const bool may_know = question.about_self || question.proof != auth::Proof::none;
  return may_know ? plain : MembershipAnswer::say_nothing;
}

MembershipAnswer decide_join(const ListConfig& config, const MembershipQuestion& question) {
  if (question.is_member) return nothing_to_change(question, MembershipAnswer::already_there);
  // The owner as well: who wants the address on the list takes the ban away first.
  if (question.is_banned) return nothing_to_change(question, MembershipAnswer::banned);
  if (is_owner_proof(question.proof)) return MembershipAnswer::done;
  if (question.is_unwanted) return nothing_to_change(question, MembershipAnswer::unwanted);
  const std::string_view policy = config.choice(Setting::subscribe_policy);
  const bool owner_decides = policy.starts_with("closed") && !question.needs_no_owner;
  if (question.proof == auth::Proof::address_token)
    return owner_decides ? MembershipAnswer::ask_owner : MembershipAnswer::done;
  return policy == "closed" && owner_decides ? MembershipAnswer::ask_owner : MembershipAnswer::challenge;
}

MembershipAnswer decide_leave(const MembershipQuestion& question) {
  if (!question.is_member) return nothing_to_change(question, MembershipAnswer::not_there);
  return question.proof == auth::Proof::none ? MembershipAnswer::challenge : MembershipAnswer::done;
}

}  // namespace

MembershipAnswer decide_membership(const ListConfig& config, const MembershipQuestion& question) {
  return question.change == MembershipChange::join ? decide_join(config, question) : decide_leave(question);
}

}  // namespace majlis::lists
