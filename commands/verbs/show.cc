#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/member_option.h"

namespace majlis::commands {
namespace {

void say_membership(Desk& desk, const lists::List& list, const store::Member& member) {
  desk.say(Reply::show_head, {{"address", member.address.text()}, {"list", list.name().name()}});
  desk.show("");
  const std::string options = lists::options_set(member.flags);
  if (options.empty()) {
    desk.say(Reply::show_no_options);
  } else {
    desk.say(Reply::show_options, {{"options", options}});
  }
  desk.say(Reply::show_since, {{"date", iso8601(member.joined).substr(0, 10)}});
  if ((member.flags & store::kMemberSuspended) != 0) desk.say(Reply::show_suspended);
}

}  // namespace

// show [LIST]: one's own membership, for the answer goes to the address that it is about. Who has the list's password
// sees others' too.
Status show(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  if (person->address != desk.requester() && desk.proof() != auth::Proof::list_password) {
    desk.say(Reply::show_is_ones_own, {{"command", request.word}});
    return {};
  }
  Result<std::optional<store::Member>> member =
      desk.work().state().find_member(target->list->address(), person->address);
  if (!member) return member.error();
  if (*member) {
    say_membership(desk, *target->list, **member);
  } else {
    say_no_member(desk, request.verb, *target->list, person->address);
  }
  return {};
}

}  // namespace majlis::commands
