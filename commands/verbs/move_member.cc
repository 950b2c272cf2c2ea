#include "commands/reading/secret_words.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/bans.h"
#include "lists/members/request_decision.h"
#include "lists/site/directory.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOctets = 100;

// The second list, of which the requester must be an owner as well; nullptr: complained.
Result<const lists::List*> find_other(Desk& desk, const Request& request, const lists::List& from,
                                      const std::string& written) {
  const lists::List* none = nullptr;
  Result<const lists::List*> other = desk.open_list(written);
  if (!other) return other;
  if (*other == nullptr || (*other)->name() == from.name()) {
    desk.say(Reply::move_usage, {{"command", request.word}});
    return none;
  }
  if (lists::is_owner(**other, desk.requester())) return other;
  desk.say(Reply::owners_only, {{"command", request.word}, {"list", (*other)->name().name()}});
  return none;
}

Status move_entry(Desk& desk, const Request& request, const lists::List& from, const lists::List& to,
                  const store::Member& member) {
  lists::TextValues values = {{"address", member.address.text()}, {"list", to.name().name()}};
  Result<std::optional<store::Member>> there = desk.work().state().find_member(to.address(), member.address);
  if (!there) return there.error();
  Result<bool> is_banned = lists::is_banned(desk.work().state(), to.address(), member.address);
  if (!is_banned) return is_banned.error();
  if (*there || *is_banned) {
    values["owner_address"] = to.role_address("owner");
    desk.say(*there ? Reply::member_was_there : Reply::is_banned, values);
    return {};
  }
  lists::JoinAs as;
  as.keeps_name = true;
  as.flags = member.flags & ~store::kMemberSuspended;
  as.clears = ~as.flags & lists::kMaxJoinFlags;
  const mail::Mailbox person{member.display, member.address};
  Status done =
      lists::change_member(desk.work(), from, lists::MembershipChange::leave, person, {}, lists::Told::only_owner);
  const lists::Told told = request.is_quiet ? lists::Told::only_owner : lists::Told::always;
  if (done) done = lists::change_member(desk.work(), to, lists::MembershipChange::join, person, as, told);
  if (!done) return done;
  note_owner_action(desk, from, "move");
  values["former"] = from.name().name();
  desk.say(Reply::member_moved, values);
  return {};
}

}  // namespace

// MOVE [LIST] ADDRESS [TO] OTHER-LIST: with name and options. The password of one list says nothing of the other.
Status move_member(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const auto address = target->rest.size() == 2 ? mail::Address::parse(target->rest.front()) : std::nullopt;
  if (!address) {
    desk.say(Reply::move_usage, {{"command", request.word}});
    return {};
  }
  Result<const lists::List*> other = find_other(desk, request, *target->list, target->rest.back());
  if (!other) return other.error();
  if (*other == nullptr) return {};
  Result<std::optional<store::Member>> member = desk.work().state().find_member(target->list->address(), *address);
  if (!member) return member.error();
  if (!*member) {
    desk.say(Reply::nobody_fits,
             {{"address", shown_words(target->rest.front(), kMaxShownOctets)}, {"list", target->list->name().name()}});
    return {};
  }
  if (desk.given() != Given::personal) return ask_owner_to_confirm(desk, *target, request);
  return move_entry(desk, request, *target->list, **other, **member);
}

}  // namespace majlis::commands
