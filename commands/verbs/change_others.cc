#include "commands/verbs/change_others.h"

#include <map>
#include <string_view>

#include "commands/verbs/address_change.h"
#include "commands/verbs/by_owner.h"
#include "commands/verbs/owner.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kSameName = "*@";
constexpr std::size_t kMaxChangedAtOnce = kMaxToldAtOnce / 2;  // each has two letters

// Whose addresses become what.
struct Renaming {
  std::string from;  // an address, or a pattern
  std::string to;    // an address, or "*@HOST": the same name there

  std::string text_for(const mail::Address& former) const {
    if (!to.starts_with(kSameName)) return to;
    const std::string text = former.text();
    return text.substr(0, text.rfind('@')) + to.substr(1);
  }
};

// nullopt: complained. Of a pattern nothing becomes one address, and no other name.
std::optional<Renaming> renaming_in(Desk& desk, const Request& request, const std::vector<std::string>& words) {
  Renaming renaming{words.front(), words.back()};
  const bool keeps_name = renaming.to.starts_with(kSameName) && !mail::is_pattern(renaming.to.substr(1));
  const bool is_host = keeps_name && mail::Address::parse("a" + renaming.to.substr(1));
  const bool is_address = !mail::is_pattern(renaming.to) && !mail::is_pattern(renaming.from);
  if (is_host || is_address) return renaming;
  desk.say(Reply::change_pattern_usage, {{"command", request.word}});
  return std::nullopt;
}

// Those that may be made; of each other it is told why it stays.
Result<std::vector<AddressChange>> changes_of(Desk& desk, const Request& request, const lists::List& list,
                                              const Renaming& renaming, const std::vector<store::Member>& members) {
  std::vector<AddressChange> wanted;
  std::map<std::string, unsigned> becoming;
  for (const store::Member& member : members) {
    const auto to = new_address(desk, request, renaming.text_for(member.address), member.address);
    if (!to) continue;
    ++becoming[to->canonical()];
    wanted.push_back({&list, member.address, *to});
  }
  std::vector<AddressChange> changes;
  for (AddressChange& change : wanted) {
    if (becoming[change.to.canonical()] > 1) {
      say_of_change(desk, Reply::change_is_twice, change, list);
      continue;
    }
    Result<bool> may_move = may_move_or_refuse(desk, change, list);
    if (!may_move) return may_move.error();
    if (*may_move) changes.push_back(std::move(change));
  }
  return changes;
}

Status ask_all(Desk& desk, const lists::List& list, const std::vector<AddressChange>& changes) {
  std::size_t asked = 0;
  for (const AddressChange& change : changes) {
    Result<bool> are_both = ask_both(desk, change, auth::Proof::none, ChangeAsked::by_owner);
    if (!are_both) return are_both.error();
    if (*are_both) ++asked;
  }
  note_owner_action(desk, list, "change");
  desk.say(Reply::changes_asked, {{"count", std::to_string(asked)}, {"list", list.name().name()}});
  if (asked < changes.size()) {
    desk.say(Reply::changes_not_asked, {{"count", std::to_string(changes.size() - asked)}});
  }
  return {};
}

}  // namespace

Status change_others(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::optional<Renaming> renaming = renaming_in(desk, request, target->rest);
  if (!renaming) return {};
  auto members = members_named(desk, *target->list, request, renaming->from);
  if (!members) return members.error();
  if (!*members) return {};
  Result<std::vector<AddressChange>> changes = changes_of(desk, request, *target->list, *renaming, **members);
  if (!changes) return changes.error();
  if (changes->empty() || !is_as_agreed(desk, request, changes->size())) return {};
  if (changes->size() > kMaxChangedAtOnce) {
    desk.say(Reply::too_many_members, {{"command", request.word}, {"limit", std::to_string(kMaxChangedAtOnce)}});
    return {};
  }
  if (target->is_proven) return ask_all(desk, *target->list, *changes);
  Request asked = request;
  if (mail::is_pattern(renaming->from)) asked.agreed = changes->size();
  return ask_owner_to_confirm(desk, *target, std::move(asked));
}

}  // namespace majlis::commands
