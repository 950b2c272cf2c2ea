#include <array>

#include "auth/token.h"
#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/challenges.h"

namespace majlis::commands {
namespace {

using lists::MemberOption;
using lists::MembershipChange;

// Wrong, expired, foreign and used tokens get the same words.
void refuse(Desk& desk) { desk.say(Reply::token_refused, {{"command", desk.word_of(Verb::auth)}}); }

// What a token may be about.
struct Confirmed {
  Verb verb = Verb::subscribe;           // or unsubscribe, set, confirm
  const MemberOption* option = nullptr;  // of set
};

bool takes_token(Verb verb) {
  return verb == Verb::subscribe || verb == Verb::unsubscribe || verb == Verb::set || verb == Verb::confirm;
}

lists::ChallengedAction action_of(const Confirmed& confirmed) {
  return {std::string(tongues::name_of(confirmed.verb)),
          confirmed.option == nullptr ? "" : std::string(confirmed.option->name)};
}

Status carry_out(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person) {
  constexpr auth::Proof kProof = auth::Proof::address_token;
  if (confirmed.option != nullptr) return change_option(desk, list, *confirmed.option, person.address, kProof);
  if (confirmed.verb == Verb::confirm) return renew_membership(desk, list, person.address, kProof);
  const auto change = confirmed.verb == Verb::subscribe ? MembershipChange::join : MembershipChange::leave;
  return change_membership(desk, list, change, person, kProof);
}

Result<bool> use_token(Desk& desk, const lists::List& list, const Confirmed& confirmed, const mail::Mailbox& person,
                       std::string_view token) {
  lists::Work& work = desk.work();
  const lists::ChallengedAction action = action_of(confirmed);
  const auth::TokenGrant grant{list.address(), action.verb, person.address.canonical(), action.option};
  const auto valid = auth::check_token(work.site().keys(), token, grant, work.now());
  if (!valid) return false;
  Result<bool> used = work.state().is_token_used(valid->canonical);
  if (!used) return used.error();
  if (*used) return false;
  Status marked = work.state().mark_token_used(valid->canonical, valid->expires);
  if (!marked) return marked.error();
  desk.note_right_token();
  Status changed = carry_out(desk, list, confirmed, person);
  if (!changed) return changed.error();
  return true;
}

}  // namespace

// auth TOKEN subscribe|unsubscribe|confirm [LIST] [ADDRESS], auth TOKEN set [LIST] OPTION [ADDRESS]
// auth TOKEN at LIST-request: as LIST-confirm+TOKEN.
Status auth_token(Desk& desk, const Request& request) {
  if (request.arguments.size() == 1 && request.inner.empty() && desk.default_list()) {
    Result<const lists::List*> list = desk.open_list(*desk.default_list());
    return list ? confirm(desk, **list, request.arguments.front()) : Status(list.error());
  }
  if (request.inner.empty()) {
    desk.say(Reply::token_needed, {{"command", request.word}});
    return {};
  }
  const Request& inner = request.inner.front();
  if (!takes_token(inner.verb)) {
    refuse(desk);
    return {};
  }
  Result<Target> target = desk.find_target(inner);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Confirmed confirmed{inner.verb};
  if (inner.verb == Verb::set) {
    confirmed.option = lists::take_option(*target->list, target->rest);
    if (confirmed.option == nullptr) {
      refuse(desk);
      return {};
    }
  }
  const std::optional<mail::Mailbox> person = person_in(desk, inner, target->rest);
  if (!person) return {};
  Result<bool> used = use_token(desk, *target->list, confirmed, *person, request.arguments[0]);
  if (!used) return used.error();
  if (!*used) refuse(desk);
  return {};
}

// The token in the address: it is about the one who writes.
Status confirm(Desk& desk, const lists::List& list, std::string_view token) {
  const mail::Mailbox person{"", desk.requester()};
  std::vector<Confirmed> possible = {{Verb::subscribe}, {Verb::unsubscribe}, {Verb::confirm}};
  for (const MemberOption& option : lists::member_options()) possible.push_back({Verb::set, &option});
  for (const Confirmed& confirmed : possible) {
    Result<bool> used = use_token(desk, list, confirmed, person, token);
    if (!used) return used.error();
    if (*used) return {};
  }
  refuse(desk);
  return {};
}

}  // namespace majlis::commands
