#include "commands/verbs/change_address.h"

#include <array>

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/address_filter.h"
#include "lists/effects/bans.h"
#include "lists/effects/command_letter.h"
#include "lists/members/member_log.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 100;
constexpr std::size_t kMaxShownOctets = 100;
constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;

// One address in the place of another, on one list, or on all that it is on.
struct AddressChange {
  const lists::List* list;  // nullptr: all
  mail::Address from;
  mail::Address to;

  std::string list_address() const { return list == nullptr ? "" : list->address(); }
  std::string words() const { return from.text() + " " + to.text(); }
  // Under which the store remembers that one of the two has agreed.
  std::string agreed_key(const mail::Address& by) const {
    return "change-agreed:" + by.canonical() + ":" + from.canonical() + " " + to.canonical();
  }
  UnixTime life() const {
    return list == nullptr ? auth::kDefaultTokenLife : list->config().integer(lists::Setting::token_hours) * kHour;
  }
};

void say_about(Desk& desk, Reply reply, const AddressChange& change, const lists::List& list) {
  desk.say(reply, {{"address", change.from.text()}, {"new", change.to.text()}, {"list", list.name().name()}});
}

// false: the entry stays, and why is said.
Result<bool> move_entry(Desk& desk, const AddressChange& change, const lists::List& list) {
  store::Writer& state = desk.work().state();
  Result<std::optional<store::Member>> member = state.find_member(list.address(), change.from);
  if (!member) return member.error();
  if (!*member) return false;
  Result<std::optional<store::Member>> other = state.find_member(list.address(), change.to);
  if (!other) return other.error();
  Result<bool> is_banned = lists::is_banned(state, list.address(), change.to);
  if (!is_banned) return is_banned.error();
  const bool may_join = lists::may_ask_to_join(list.config(), change.to);
  if (*other || *is_banned || !may_join) {
    say_about(desk, *other ? Reply::change_is_there : Reply::change_is_banned, change, list);
    return false;
  }
  Result<std::uint64_t> posts = state.accepted_posts(list.address(), change.from);
  if (!posts) return posts.error();
  store::Member moved = std::move(**member);
  moved.address = change.to;
  moved.flags &= ~store::kMemberSuspended;
  Result<bool> done = state.remove_member(list.address(), change.from);
  if (done) done = state.add_member(list.address(), moved);
  if (!done) return done.error();
  if (*posts > 0) {
    Status kept = state.set_accepted_posts(list.address(), change.to, *posts);
    if (!kept) return kept.error();
  }
  for (const mail::Address& address : {change.from, change.to}) {
    desk.work().note(address.canonical(), "change " + change.words() + " list=" + list.address());
  }
  lists::log_member(desk.work(), list, "change", change.to);
  say_about(desk, Reply::address_changed, change, list);
  return true;
}

Status move_all(Desk& desk, const AddressChange& change) {
  std::vector<std::string> addresses = {change.list_address()};
  if (change.list == nullptr) {
    Result<std::vector<std::string>> all = desk.work().state().lists_of(change.from, kMaxLists);
    if (!all) return all.error();
    addresses = std::move(*all);
  }
  bool has_moved = false;
  const unsigned remarks = desk.errors();
  for (const std::string& address : addresses) {
    Result<const lists::List*> list = desk.open_list(address);
    if (!list) return list.error();
    if (*list == nullptr) continue;
    Result<bool> moved = move_entry(desk, change, **list);
    if (!moved) return moved.error();
    has_moved = has_moved || *moved;
  }
  if (!has_moved && desk.errors() == remarks) {
    desk.say(Reply::change_of_nobody, {{"address", change.from.text()}});
  }
  return {};
}

// Remembers that this one has agreed; the second one makes it happen.
Status agree(Desk& desk, const AddressChange& change, const mail::Address& by) {
  store::Writer& state = desk.work().state();
  const bool is_former = by == change.from;
  const std::string list = change.list_address();
  Result<std::optional<UnixTime>> other =
      state.seen_until(list, change.agreed_key(is_former ? change.to : change.from));
  if (!other) return other.error();
  if (other->value_or(0) <= desk.work().now()) {
    desk.say(Reply::change_waits, {{"address", (is_former ? change.to : change.from).text()}});
    return state.mark_seen(list, change.agreed_key(by), desk.work().now() + change.life());
  }
  for (const mail::Address& each : {change.from, change.to}) {
    Status forgotten = state.forget_seen(list, change.agreed_key(each));
    if (!forgotten) return forgotten;
  }
  return move_all(desk, change);
}

// Whether one who did not write may have a letter about it; in any case the same is said.
Result<bool> may_ask(Desk& desk, const mail::Address& address) {
  if (address == desk.requester()) return desk.may_ask_requester();
  Result<bool> within = desk.work().count_within("challenge-from:" + lists::mailbox_key(desk.requester()),
                                                 lists::kChallengesOfOneRequester, kDay);
  if (!within || !*within) return within;
  return lists::is_within_share(desk.work(), "challenge-commands", address);
}

Status ask(Desk& desk, const AddressChange& change, const mail::Address& address) {
  Result<bool> may = may_ask(desk, address);
  if (!may) return may.error();
  if (!*may) return {};
  const lists::KeptRequest kept{change.list_address(), std::string(lists::kKeptChange), change.words(), "",
                                address.text()};
  Result<lists::FreshToken> token = lists::keep_request(desk.work(), kept, desk.work().now() + change.life());
  if (!token) return token.error();
  lists::AskedCommand asked{desk.shown_line(), std::move(*token)};
  asked.more = desk.words(Reply::change_is_about, {{"address", change.from.text()}, {"new", change.to.text()}}) + "\n" +
               desk.words(Reply::change_asked_by, {{"requester", desk.requester().text()}}) + "\n";
  if (desk.asks_together(address)) {
    desk.confirmations().add(change.list, std::move(asked));
    return {};
  }
  const std::string& language = change.list != nullptr ? change.list->config().text(lists::Setting::language)
                                                       : desk.work().site().config().language;
  const lists::FreshToken code = asked.token;
  lists::send_command_letter(desk.work(), address, desk.answer_place(), language, {asked}, code);
  return {};
}

// Both addresses are asked, but for the one that has shown who it is.
Status ask_both(Desk& desk, const AddressChange& change, auth::Proof proof_of_former) {
  if (proof_of_former == auth::Proof::none) {
    Status asked = ask(desk, change, change.from);
    if (!asked) return asked;
  } else {
    Status marked = desk.work().state().mark_seen(change.list_address(), change.agreed_key(change.from),
                                                  desk.work().now() + change.life());
    if (!marked) return marked;
  }
  Status asked = ask(desk, change, change.to);
  if (asked) desk.say(Reply::change_asked, {{"address", change.from.text()}, {"new", change.to.text()}});
  return asked;
}

// The address in `words` for `from`; complains when it is none, a pattern, or the same.
std::optional<mail::Address> new_address(Desk& desk, const Request& request, const std::string& word,
                                         const mail::Address& from) {
  if (mail::is_pattern(word)) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(word, kMaxShownOctets)}});
    return std::nullopt;
  }
  const auto person = person_in(desk, request, {word});
  if (!person) return std::nullopt;
  if (person->address == from) {
    desk.say(Reply::change_is_same, {{"command", request.word}, {"address", from.text()}});
    return std::nullopt;
  }
  return person->address;
}

// CHANGE [LIST] OLD NEW, by an owner: it needs both mailboxes all the same.
Status change_for_another(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::string& former = target->rest.front();
  const auto from = mail::is_pattern(former) ? std::nullopt : mail::Address::parse(former);
  if (!from) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(former, kMaxShownOctets)}});
    return {};
  }
  const auto to = new_address(desk, request, target->rest.back(), *from);
  if (!to) return {};
  Result<std::optional<store::Member>> member = desk.work().state().find_member(target->list->address(), *from);
  if (!member) return member.error();
  if (!*member) {
    desk.say(Reply::nobody_fits, {{"address", from->text()}, {"list", target->list->name().name()}});
    return {};
  }
  if (!target->is_proven) return ask_owner_to_confirm(desk, *target, request);
  note_owner_action(desk, *target->list, "change");
  return ask_both(desk, {target->list, *from, *to}, auth::Proof::none);
}

}  // namespace

// CHANGE [LIST] NEW, CHANGE * NEW: of the requester's own entry.
Status change_address(Desk& desk, const Request& request) {
  const bool is_everywhere = !request.arguments.empty() && request.arguments.front() == tongues::kAll;
  Target target;
  if (is_everywhere) {
    target.rest.assign(request.arguments.begin() + 1, request.arguments.end());
  } else {
    NamedTarget named = desk.lookup().name_target(request.arguments, request.own_arguments);
    const auto former = named.rest.size() == 2 ? mail::Address::parse(named.rest.front()) : std::nullopt;
    if (named.rest.size() == 2 && former != desk.requester()) return change_for_another(desk, request);
    Result<Target> found = desk.find_target(request);
    if (!found) return found.error();
    if (found->list == nullptr) return {};
    target = std::move(*found);
    if (former) target.rest.erase(target.rest.begin());
  }
  if (target.rest.size() != 1) {
    desk.say(Reply::change_usage, {{"command", request.word}});
    return {};
  }
  const mail::Address& from = desk.requester();
  const auto to = new_address(desk, request, target.rest.front(), from);
  if (!to) return {};
  if (target.list != nullptr) {
    Result<std::optional<store::Member>> member = desk.work().state().find_member(target.list->address(), from);
    if (!member) return member.error();
    if (!*member) {
      say_no_member(desk, request.verb, *target.list, from);
      return {};
    }
  }
  auth::Proof proof = desk.given() == Given::personal ? auth::Proof::address_token : auth::Proof::none;
  if (target.list != nullptr) proof = proof_about(desk, *target.list, from, OwnCommand::other);
  return ask_both(desk, {target.list, from, *to}, proof);
}

Status agree_to_change(Desk& desk, const lists::List* list, const std::string& words) {
  const std::vector<std::string_view> addresses = split_words(words);
  if (addresses.size() != 2) return {};
  const auto from = mail::Address::parse(addresses[0]);
  const auto to = mail::Address::parse(addresses[1]);
  if (!from || !to) return {};
  return agree(desk, {list, *from, *to}, desk.requester());
}

}  // namespace majlis::commands
