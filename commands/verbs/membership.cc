#include "commands/verbs/membership.h"

#include "commands/reading/secret_words.h"
#include "lists/effects/address_filter.h"
#include "lists/effects/bans.h"
#include "lists/effects/unsubscribe_token.h"
#include "lists/members/ask_owner.h"
#include "lists/members/challenges.h"
#include "lists/members/request_decision.h"
#include "lists/site/directory.h"

namespace majlis::commands {
namespace {

using lists::MembershipAnswer;
using lists::MembershipChange;

constexpr std::size_t kMaxListsAsked = 100;

lists::ChallengedAction action_of(MembershipChange change) { return {std::string(lists::verb_of(change)), ""}; }

// Where the list was not named it is named in the answer.
void say_succeeded(Desk& desk, const lists::List& list, MembershipChange change) {
  const bool is_named = !desk.default_list() && !desk.tongue().dialect->confirms_by_token;
  if (is_named) return desk.succeed();
  desk.say(change == MembershipChange::join ? Reply::joined : Reply::left, {{"list", list.name().name()}});
}

Status carry_out(Desk& desk, const lists::List& list, MembershipChange change, const mail::Mailbox& who,
                 const lists::JoinAs& as, lists::Told told = lists::Told::as_set) {
  Status done = lists::change_member(desk.work(), list, change, who, as, told);
  if (done) say_succeeded(desk, list, change);
  return done;
}

lists::Challenge challenge_of(Desk& desk, const lists::ChallengedAction& action, const mail::Address& address) {
  return {action, address, desk.requester(), desk.network(), desk.answer_place()};
}

Status say_outcome(Desk& desk, const lists::List& list, const Result<lists::ChallengeOutcome>& outcome) {
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case lists::ChallengeOutcome::sent: say_challenged(desk, list); break;
    case lists::ChallengeOutcome::just_sent: desk.say(Reply::just_challenged); break;
    case lists::ChallengeOutcome::too_many:
      desk.say(Reply::not_challenged, {{"owner_address", list.role_address("owner")}});
      break;
  }
  return {};
}

// Mails the letter, or has it wait for what else this message asks of the same address.
Result<lists::ChallengeOutcome> ask_to_confirm(Desk& desk, const lists::List& list, const lists::Challenge& challenge) {
  if (!desk.asks_together(challenge.address)) return lists::send_challenge(desk.work(), list, challenge);
  Result<lists::WrittenChallenge> written = lists::write_challenge(desk.work(), list, challenge);
  if (!written) return written.error();
  if (written->letter) {
    desk.confirmations().add(list, desk.requester(), std::move(*written->letter), desk.shown_line());
  }
  return written->outcome;
}

Status challenge(Desk& desk, const lists::List& list, MembershipChange change, const mail::Mailbox& who,
                 const lists::JoinAs& as) {
  lists::ChallengedAction action = action_of(change);
  action.details = lists::join_details(as, who.display);
  return say_outcome(desk, list, ask_to_confirm(desk, list, challenge_of(desk, action, who.address)));
}

void say_passed_on(Desk& desk, const lists::List& list) {
  desk.say(Reply::passed_to_owner, {{"list", list.name().name()}, {"approval_address", list.role_address("approval")}});
}

// Who asks about others hears the same whatever became of it, as of members.
void say_passed_on_for_another(Desk& desk, const lists::List& list) {
  desk.say(Reply::passed_on_for_another,
           {{"list", list.name().name()}, {"approval_address", list.role_address("approval")}});
}

void say_request_outcome(Desk& desk, const lists::List& list, lists::RequestOutcome outcome) {
  using Outcome = lists::RequestOutcome;
  if (outcome == Outcome::passed_on || outcome == Outcome::waits_already) return say_passed_on(desk, list);
  desk.say(outcome == Outcome::asked_today ? Reply::owner_asked_today : Reply::not_passed_to_owner,
           {{"list", list.name().name()}, {"owner_address", list.role_address("owner")}});
}

Status pass_to_owner(Desk& desk, const lists::List& list, MembershipChange change, const mail::Mailbox& who,
                     auth::Proof proof, const lists::JoinAs& as) {
  using Confirmed = lists::MembershipRequest::Confirmed;
  const bool is_confirmed = proof != auth::Proof::none;
  const lists::MembershipRequest request{change, who, is_confirmed ? Confirmed::yes : Confirmed::no, as};
  Result<lists::RequestOutcome> outcome =
      lists::ask_owner(desk.work(), list, request, desk.requester(), *desk.tongue().dialect);
  if (!outcome) return outcome.error();
  const bool may_know = is_confirmed || who.address == desk.requester();
  if (may_know) {
    say_request_outcome(desk, list, *outcome);
  } else {
    say_passed_on_for_another(desk, list);
  }
  return {};
}

// A stranger is answered alike for members and others.
Status answer_as_others(Desk& desk, const lists::List& list, MembershipChange change, const mail::Address& address) {
  lists::MembershipQuestion other{change, change == MembershipChange::leave, false, auth::Proof::none};
  other.needs_no_owner = lists::is_approved_to_join(list.config(), address);
  if (lists::decide_membership(list.config(), other) == MembershipAnswer::ask_owner) {
    say_passed_on_for_another(desk, list);
    return {};
  }
  return say_outcome(desk, list,
                     lists::feign_challenge(desk.work(), list, challenge_of(desk, action_of(change), address)));
}

void say_barred(Desk& desk, const lists::List& list, Reply reply, const mail::Address& address) {
  desk.say(reply,
           {{"address", address.text()}, {"list", list.name().name()}, {"owner_address", list.role_address("owner")}});
}

void say_unchanged(Desk& desk, const lists::List& list, MembershipChange change, const mail::Address& address) {
  if (change == MembershipChange::join) {
    desk.say(Reply::already_member, {{"list", list.name().name()}});
    return;
  }
  say_no_member(desk, Verb::unsubscribe, list, address);
}

}  // namespace

void say_challenged(Desk& desk, const lists::List& list) {
  desk.say(Reply::challenged, {{"count", std::to_string(list.config().integer(lists::Setting::token_hours))}});
}

void say_no_member(Desk& desk, Verb verb, const lists::List& list, const mail::Address& address) {
  desk.say(Reply::no_member, {{"command", desk.word_of(verb)},
                              {"address", address.text()},
                              {"list", list.name().name()},
                              {"approval_address", list.role_address("approval")}});
}

auth::Proof proof_about(const Desk& desk, const lists::List& list, const mail::Address& person, OwnCommand command) {
  const bool is_own = person == desk.requester();
  if (desk.proof() != auth::Proof::none) return desk.proof();
  if (is_own ? desk.given() == Given::personal : desk.given_for() == person) return auth::Proof::address_token;
  if (!is_own || !desk.is_authenticated() || command == OwnCommand::join) return desk.proof();
  const std::string_view trusted = list.config().choice(lists::Setting::trust_authenticated);
  const bool is_trusted = trusted == "yes" || (trusted == "leave" && command == OwnCommand::leave_or_stop_mail);
  return is_trusted ? auth::Proof::authenticated : auth::Proof::none;
}

Result<bool> all_lists_trust(Desk& desk) {
  if (!desk.is_authenticated()) return false;
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(desk.requester(), kMaxListsAsked + 1);
  if (!lists) return lists.error();
  if (lists->empty() || lists->size() > kMaxListsAsked) return false;
  for (const std::string& address : *lists) {
    Result<const lists::List*> list = desk.open_list(address);
    if (!list) return list.error();
    if (*list == nullptr || (*list)->config().choice(lists::Setting::trust_authenticated) != "yes") return false;
  }
  return true;
}

Status act_on_member(Desk& desk, const lists::List& list, const MemberAction& action, const mail::Address& address,
                     auth::Proof proof) {
  store::Writer& state = desk.work().state();
  Result<std::optional<store::Member>> member = state.find_member(list.address(), address);
  if (!member) return member.error();
  if (*member && proof != auth::Proof::none) {
    Status forgotten = lists::forget_challenge(desk.work(), list, action.action, address);
    return forgotten ? action.carry_out(**member) : forgotten;
  }
  const bool may_know = proof != auth::Proof::none || address == desk.requester();
  if (!*member && may_know) {
    const std::optional<Verb> verb = tongues::verb_named(action.action.verb);
    say_no_member(desk, verb.value_or(Verb::not_understood), list, address);
    return {};
  }
  const lists::Challenge challenge = challenge_of(desk, action.action, address);
  return say_outcome(
      desk, list,
      *member ? ask_to_confirm(desk, list, challenge) : lists::feign_challenge(desk.work(), list, challenge));
}

Result<bool> leave_by_link(Desk& desk, const lists::List& list, const mail::Mailbox& who, std::string_view token) {
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), who.address);
  if (!member) return member.error();
  if (!*member || !lists::may_unsubscribe(desk.work().site(), list.address(), **member, token)) return false;
  desk.note_right_token();
  Status done = carry_out(desk, list, MembershipChange::leave, who, {}, lists::Told::always);
  return done ? Result<bool>(true) : done.error();
}

std::optional<mail::Mailbox> person_in(Desk& desk, const Request& request, const std::vector<std::string>& words) {
  if (words.empty()) return desk.requester_with_name();
  std::string written;
  for (const std::string& word : words) written += (written.empty() ? "" : " ") + word;
  std::optional<mail::Mailbox> person = mail::parse_mailbox(written);
  if (!person) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(written, 100)}});
  } else if (lists::leads_back(desk.work().site(), person->address)) {
    desk.say(Reply::our_address, {{"command", request.word}, {"address", person->address.text()}});
    return std::nullopt;
  }
  return person;
}

Status change_membership(Desk& desk, const lists::List& list, MembershipChange change, const mail::Mailbox& who,
                         auth::Proof proof, const lists::JoinAs& as) {
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), who.address);
  if (!member) return member.error();
  Result<bool> is_banned = lists::is_banned(desk.work().state(), list.address(), who.address);
  if (!is_banned) return is_banned.error();
  const bool is_about_self = who.address == desk.requester();
  const lists::MembershipQuestion question{change,
                                           member->has_value(),
                                           is_about_self,
                                           proof,
                                           *is_banned,
                                           !as.is_invited && !lists::may_ask_to_join(list.config(), who.address),
                                           as.is_invited || lists::is_approved_to_join(list.config(), who.address)};
  switch (lists::decide_membership(list.config(), question)) {
    case MembershipAnswer::done: return carry_out(desk, list, change, who, as);
    case MembershipAnswer::challenge: return challenge(desk, list, change, who, as);
    case MembershipAnswer::ask_owner: return pass_to_owner(desk, list, change, who, proof, as);
    case MembershipAnswer::banned: say_barred(desk, list, Reply::is_banned, who.address); return {};
    case MembershipAnswer::unwanted: say_barred(desk, list, Reply::is_unwanted, who.address); return {};
    case MembershipAnswer::say_nothing: return answer_as_others(desk, list, change, who.address);
    case MembershipAnswer::already_there:
    case MembershipAnswer::not_there: say_unchanged(desk, list, change, who.address); return {};
  }
  return {};
}

}  // namespace majlis::commands
