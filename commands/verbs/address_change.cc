#include "commands/verbs/address_change.h"

#include "commands/reading/secret_words.h"
#include "commands/verbs/membership.h"
#include "lists/effects/address_filter.h"
#include "lists/effects/bans.h"
#include "lists/effects/command_letter.h"
#include "lists/effects/letters.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOctets = 100;
constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kHour = 3600;

// Whether one who did not write may have a letter about it; to strangers the same is said in any case.
Result<bool> may_ask(Desk& desk, const mail::Address& address, ChangeAsked by) {
  if (address == desk.requester()) return desk.may_ask_requester();
  if (desk.confirmations().asks(address)) return true;  // in the same letter
  if (by == ChangeAsked::by_anybody) {
    Result<bool> within = desk.work().count_within("challenge-from:" + lists::mailbox_key(desk.requester()),
                                                   lists::kChallengesOfOneRequester, kDay);
    if (!within || !*within) return within;
  }
  return lists::is_within_share(desk.work(), "challenge-commands", address);
}

Result<bool> ask(Desk& desk, const AddressChange& change, const mail::Address& address, ChangeAsked by) {
  const std::string more =
      desk.words(Reply::change_is_about, {{"address", change.from.text()}, {"new", change.to.text()}}) + "\n";
  if (desk.confirmations().asks(address, desk.shown_line(), more)) return true;
  Result<bool> may = may_ask(desk, address, by);
  if (!may || !*may) return may;
  const lists::KeptRequest kept{change.list_address(), std::string(lists::kKeptChange), change.words(), "",
                                address.text()};
  Result<lists::FreshToken> token = lists::keep_request(desk.work(), kept, desk.work().now() + change.life());
  if (!token) return token.error();
  desk.confirmations().add(change.list, address, {desk.shown_line(), std::move(*token), more});
  return true;
}

}  // namespace

std::string AddressChange::agreed_key(const mail::Address& by) const {
  return "change-agreed:" + by.canonical() + ":" + from.canonical() + " " + to.canonical();
}

UnixTime AddressChange::life() const {
  return list == nullptr ? auth::kDefaultTokenLife : list->config().integer(lists::Setting::token_hours) * kHour;
}

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

void say_of_change(Desk& desk, Reply reply, const AddressChange& change, const lists::List& list) {
  desk.say(reply, {{"address", change.from.text()}, {"new", change.to.text()}, {"list", list.name().name()}});
}

Result<bool> may_move_or_refuse(Desk& desk, const AddressChange& change, const lists::List& list) {
  Result<std::optional<store::Member>> other = desk.work().state().find_member(list.address(), change.to);
  if (!other) return other.error();
  Result<bool> is_banned = lists::is_banned(desk.work().state(), list.address(), change.to);
  if (!is_banned) return is_banned.error();
  const bool may_join = lists::may_ask_to_join(list.config(), change.to);
  if (!*other && !*is_banned && may_join) return true;
  say_of_change(desk, *other ? Reply::change_is_there : Reply::change_is_banned, change, list);
  return false;
}

Result<bool> ask_both(Desk& desk, const AddressChange& change, auth::Proof proof_of_former, ChangeAsked by) {
  Result<bool> is_former_asked = true;
  if (proof_of_former == auth::Proof::none) {
    is_former_asked = ask(desk, change, change.from, by);
    if (!is_former_asked) return is_former_asked;
  } else {
    Status marked = desk.work().state().mark_seen(change.list_address(), change.agreed_key(change.from),
                                                  desk.work().now() + change.life());
    if (!marked) return marked.error();
  }
  Result<bool> is_new_asked = ask(desk, change, change.to, by);
  return is_new_asked ? Result<bool>(*is_former_asked && *is_new_asked) : is_new_asked;
}

}  // namespace majlis::commands
