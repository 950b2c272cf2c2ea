#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/renewal.h"

namespace majlis::commands {

// confirm [LIST] [ADDRESS]: LISTSERV's answer to a request to renew. A From field proves nothing: without a token of
// the address, the list's password or mail that the list trusts it asks for a letter that has one, also when the first
// was lost.
Status confirm_subscription(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  if (!list.config().is_set(lists::Setting::renewal)) {
    desk.say(Reply::never_renewed, {{"list", list.name().name()}});
    return {};
  }
  return renew_membership(desk, list, person->address, proof_about(desk, list, person->address, OwnCommand::other));
}

Status renew_membership(Desk& desk, const lists::List& list, const mail::Address& address, auth::Proof proof) {
  const auto renew = [&](const store::Member& member) {
    desk.say(Reply::renewed, {{"list", list.name().name()}});
    return lists::renew_subscription(desk.work().state(), list, member, desk.work().now());
  };
  return act_on_member(desk, list, {{"confirm", ""}, renew}, address, proof);
}

}  // namespace majlis::commands
