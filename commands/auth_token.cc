#include <array>

#include "auth/token.h"
#include "base/text.h"
#include "commands/membership.h"
#include "lists/letters.h"

namespace majlis::commands {
namespace {

using lists::MembershipChange;

constexpr std::array kChanges = {MembershipChange::join, MembershipChange::leave};

// Wrong, expired, foreign and used tokens get the same words.
void refuse(Desk& desk) {
  desk.complain("auth: this confirmation is not valid (any more).");
  desk.say("**** It may be incomplete, older than it may be, or used already. Ask again to get a new one.");
}

Result<bool> use_token(Desk& desk, const lists::List& list, MembershipChange change, const mail::Mailbox& person,
                       std::string_view token) {
  lists::Work& work = desk.work();
  const auth::TokenGrant grant{list.address(), std::string(lists::verb_of(change)), person.address.canonical(), ""};
  const auto valid = auth::check_token(work.site().keys(), token, grant, work.now());
  if (!valid) return false;
  Result<bool> used = work.state().is_token_used(valid->canonical);
  if (!used) return used.error();
  if (*used) return false;
  Status marked = work.state().mark_token_used(valid->canonical, valid->expires);
  if (!marked) return marked.error();
  Status changed = change_membership(desk, list, change, person, auth::Proof::address_token);
  if (!changed) return changed.error();
  return true;
}

}  // namespace

// auth TOKEN subscribe|unsubscribe [LIST] [ADDRESS]
Status auth_token(Desk& desk, const Request& request) {
  if (request.arguments.size() < 2) {
    desk.complain("auth: needs the token, the command, the list and the address.");
    return {};
  }
  Request inner;
  inner.word = to_lower_ascii(request.arguments[1]);
  inner.verb = inner.word == "subscribe" ? Verb::subscribe : Verb::unsubscribe;
  inner.arguments.assign(request.arguments.begin() + 2, request.arguments.end());
  if (inner.word != "subscribe" && inner.word != "unsubscribe") {
    refuse(desk);
    return {};
  }
  Result<Target> target = desk.find_target(inner, 1);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::optional<mail::Mailbox> person = person_in(desk, inner, target->rest);
  if (!person) return {};
  const MembershipChange change = inner.verb == Verb::subscribe ? MembershipChange::join : MembershipChange::leave;
  Result<bool> used = use_token(desk, *target->list, change, *person, request.arguments[0]);
  if (!used) return used.error();
  if (!*used) refuse(desk);
  return {};
}

// The token in the address: it is about the one who writes.
Status confirm(Desk& desk, const lists::List& list, std::string_view token) {
  const mail::Mailbox person{"", desk.requester()};
  for (const MembershipChange change : kChanges) {
    Result<bool> used = use_token(desk, list, change, person, token);
    if (!used) return used.error();
    if (*used) return {};
  }
  refuse(desk);
  return {};
}

}  // namespace majlis::commands
