#include "commands/verbs/change_address.h"

#include "base/text.h"
#include "commands/verbs/address_change.h"
#include "commands/verbs/change_others.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/members/member_log.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 100;

enum class Entry { moved, stays, none };  // that it stays is said

Result<Entry> move_entry(Desk& desk, const AddressChange& change, const lists::List& list) {
  store::Writer& state = desk.work().state();
  Result<std::optional<store::Member>> member = state.find_member(list.address(), change.from);
  if (!member) return member.error();
  if (!*member) return Entry::none;
  Result<bool> may_move = may_move_or_refuse(desk, change, list);
  if (!may_move || !*may_move) return may_move ? Result(Entry::stays) : may_move.error();
  Result<std::uint64_t> posts = state.accepted_posts(list.address(), change.from);
  if (!posts) return posts.error();
  Result<std::optional<store::Consent>> consent = state.find_consent(list.address(), change.from);
  if (!consent) return consent.error();
  store::Member moved = std::move(**member);
  moved.address = change.to;
  moved.flags &= ~store::kMemberSuspended;
  Result<bool> done = state.remove_member(list.address(), change.from);
  if (done) done = state.add_member(list.address(), moved);
  if (!done) return done.error();
  Status kept = *consent ? state.put_consent(list.address(), change.to, **consent) : Status();
  if (kept && *posts > 0) kept = state.set_accepted_posts(list.address(), change.to, *posts);
  if (!kept) return kept.error();
  for (const mail::Address& address : {change.from, change.to}) {
    desk.work().note(address.canonical(), "change " + change.words() + " list=" + list.address());
  }
  lists::log_member(desk.work(), list, "change", change.to);
  say_of_change(desk, Reply::address_changed, change, list);
  return Entry::moved;
}

Status move_all(Desk& desk, const AddressChange& change) {
  std::vector<std::string> addresses = {change.list_address()};
  if (change.list == nullptr) {
    Result<std::vector<std::string>> all = desk.work().state().lists_of(change.from, kMaxLists + 1);
    if (!all) return all.error();
    addresses = std::move(*all);
    if (addresses.size() > kMaxLists) {
      addresses.pop_back();
      desk.say(Reply::change_of_more_lists, {{"address", change.from.text()}, {"count", std::to_string(kMaxLists)}});
    }
  }
  bool is_on_one = false;
  for (const std::string& address : addresses) {
    Result<const lists::List*> list = desk.open_list(address);
    if (!list) return list.error();
    if (*list == nullptr) continue;
    Result<Entry> entry = move_entry(desk, change, **list);
    if (!entry) return entry.error();
    is_on_one = is_on_one || *entry != Entry::none;
  }
  if (!is_on_one) desk.say(Reply::change_of_nobody, {{"address", change.from.text()}});
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
    if (named.rest.size() == 2 && former != desk.requester()) return change_others(desk, request);
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
  const AddressChange change{target.list, from, *to};
  Result<bool> asked = ask_both(desk, change, proof, ChangeAsked::by_anybody);
  if (asked) desk.say(Reply::change_asked, {{"address", from.text()}, {"new", to->text()}});
  return asked ? Status() : Status(asked.error());
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
