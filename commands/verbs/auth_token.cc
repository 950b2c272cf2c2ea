#include <array>

#include "auth/token.h"
#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/challenges.h"
#include "tongues/verbs.h"

namespace majlis::commands {
namespace {

using lists::MemberOption;
using lists::MembershipChange;

// Wrong, expired, foreign and used tokens get the same words.
void refuse(Desk& desk) {
  desk.complain("auth: this confirmation is not valid (any more).");
  desk.say("**** It may be incomplete, older than it may be, or used already; or it was mailed to");
  desk.say("**** another address than you write from: then write from that one, or send the line");
  desk.say("**** that begins with 'auth' in the text of a message. Else ask again to get a new one.");
}

// What a token may be about.
struct Confirmed {
  Verb verb = Verb::subscribe;           // or unsubscribe, set, confirm
  const MemberOption* option = nullptr;  // of set
};

bool takes_token(Verb verb) {
  return verb == Verb::subscribe || verb == Verb::unsubscribe || verb == Verb::set || verb == Verb::confirm;
}

lists::ChallengedAction action_of(const Confirmed& confirmed) {
  return {std::string(row_of(confirmed.verb).majordomo),
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

// The command behind the token; not_understood when no token can be about it.
Request inner_request(const Request& request) {
  Request inner;
  const VerbRow* row = match_verb(request.arguments[1]).row;
  if (row == nullptr) return inner;
  inner.word = row->majordomo;
  inner.arguments.assign(request.arguments.begin() + 2, request.arguments.end());
  if (takes_token(row->verb)) inner.verb = row->verb;
  return inner;
}

}  // namespace

// auth TOKEN subscribe|unsubscribe|confirm [LIST] [ADDRESS], auth TOKEN set [LIST] OPTION [ADDRESS]
// auth TOKEN at LIST-request: as LIST-confirm+TOKEN.
Status auth_token(Desk& desk, const Request& request) {
  if (request.arguments.size() == 1 && desk.default_list()) {
    Result<const lists::List*> list = desk.open_list(*desk.default_list());
    return list ? confirm(desk, **list, request.arguments.front()) : Status(list.error());
  }
  if (request.arguments.size() < 2) {
    desk.complain("auth: needs the token, the command, the list and the address.");
    return {};
  }
  const Request inner = inner_request(request);
  if (inner.verb == Verb::not_understood) {
    refuse(desk);
    return {};
  }
  Result<Target> target = desk.find_target(inner, 1);
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
