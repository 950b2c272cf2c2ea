#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/bounces/suspension.h"
#include "lists/members/member_log.h"
#include "lists/members/renewal.h"

namespace majlis::commands {
namespace {

using lists::MemberOption;

Status carry_out(Desk& desk, const lists::List& list, const MemberOption& option, const store::Member& member,
                 auth::Proof proof) {
  store::Writer& state = desk.work().state();
  const lists::ChallengedAction action{"set", std::string(option.name)};
  Status forgotten = lists::forget_challenge(desk.work(), list, action, member.address);
  if (!forgotten) return forgotten;
  // "mail" is also the answer of somebody whom mail did not reach for a while; who wants none is not to be removed for
  // it.
  if ((option.clears & store::kMemberSuspended) != 0) {
    Status resumed = lists::resume_delivery(state, list, member, "member", desk.work().now());
    if (!resumed) return resumed;
  }
  Result<bool> done = state.set_member_flags(list.address(), member.address, lists::flags_with(member.flags, option));
  if (!done) return done.error();
  desk.say(Reply::option_set, {{"option", std::string(option.name)}, {"list", list.name().name()}});
  desk.work().note(member.address.canonical(), "set " + std::string(option.name) + " list=" + list.address());
  lists::log_member(desk.work(), list, "set " + std::string(option.name), member.address);
  // Only the member itself reads its mail: it is there, and wants to be.
  if (proof != auth::Proof::address_token || !list.config().is_set(lists::Setting::renewal)) return {};
  return lists::renew_subscription(state, list, member, desk.work().now());
}

bool may_set(const MemberOption& option, auth::Proof proof) {
  return option.by == MemberOption::By::member || proof == auth::Proof::list_password ||
         proof == auth::Proof::administrator;
}

}  // namespace

// set [LIST] OPTION [ADDRESS]: an option of one's own membership.
Status set_option(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const MemberOption* option = lists::take_option(*target->list, target->rest);
  if (option == nullptr) {
    const bool is_owner = desk.proof() == auth::Proof::list_password;
    const auto who = is_owner ? MemberOption::By::owner : MemberOption::By::member;
    desk.say(Reply::option_needed, {{"command", request.word}, {"options", lists::option_names(who)}});
    return {};
  }
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  const bool stops_mail = (option->sets & store::kMemberNoMail) != 0;
  const OwnCommand command = stops_mail ? OwnCommand::leave_or_stop_mail : OwnCommand::other;
  const auth::Proof proof = proof_about(desk, *target->list, person->address, command);
  return change_option(desk, *target->list, *option, person->address, proof);
}

Status change_option(Desk& desk, const lists::List& list, const MemberOption& option, const mail::Address& address,
                     auth::Proof proof) {
  if (!may_set(option, proof)) {
    desk.say(Reply::option_is_owners, {{"command", desk.word_of(Verb::set)}, {"option", std::string(option.name)}});
    return {};
  }
  const MemberAction action{{"set", std::string(option.name)},
                            [&](const store::Member& member) { return carry_out(desk, list, option, member, proof); }};
  return act_on_member(desk, list, action, address, proof);
}

}  // namespace majlis::commands
