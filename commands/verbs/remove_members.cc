#include <algorithm>

#include "base/text.h"
#include "commands/verbs/by_owner.h"
#include "commands/verbs/verbs.h"
#include "lists/members/request_decision.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kTest = "test";

bool has_option(const Request& request, std::string_view option) {
  return std::find(request.options.begin(), request.options.end(), option) != request.options.end();
}

std::size_t patterns_in(std::string_view text) {
  std::size_t count = 0;
  while (const auto line = next_line(text)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (!words.empty() && mail::is_pattern(words.front())) ++count;
  }
  return count;
}

// Who is meant by the lines of a data set, each an address with or without a name, or a pattern.
Result<std::optional<std::vector<store::Member>>> members_of_lines(Desk& desk, const lists::List& list,
                                                                   const Request& request) {
  std::vector<store::Member> all;
  if (!may_search(desk, request, patterns_in(*request.text))) return std::optional<std::vector<store::Member>>();
  std::string_view text = *request.text;
  for (std::size_t lines = 0; const auto line = next_line(text); ++lines) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.empty()) continue;
    if (lines >= kMaxMembersAtOnce || all.size() > kMaxMembersAtOnce) {
      desk.say(Reply::too_many_members, {{"command", request.word}, {"limit", std::to_string(kMaxMembersAtOnce)}});
      return std::optional<std::vector<store::Member>>();
    }
    auto members = members_fitting(desk, list, request, std::string(words.front()));
    if (!members) return members.error();
    if (*members) std::move((*members)->begin(), (*members)->end(), std::back_inserter(all));
  }
  if (all.empty()) {
    desk.say(Reply::data_is_empty, {{"command", request.word}});
    return std::optional<std::vector<store::Member>>();
  }
  return std::optional(std::move(all));
}

Status remove_all(Desk& desk, const lists::List& list, const Request& request,
                  const std::vector<store::Member>& members) {
  const bool is_one = members.size() == 1;
  const lists::Told told = !request.is_quiet ? lists::Told::always
                           : is_one          ? lists::Told::only_owner
                                             : lists::Told::nobody;
  std::vector<mail::Address> removed;
  for (const store::Member& member : members) {
    Result<std::optional<store::Member>> is_there = desk.work().state().find_member(list.address(), member.address);
    if (!is_there) return is_there.error();
    if (!*is_there) continue;  // named twice
    Status done =
        lists::change_member(desk.work(), list, lists::MembershipChange::leave, {"", member.address}, {}, told);
    if (!done) return done;
    removed.push_back(member.address);
  }
  note_owner_action(desk, list, "delete");
  // The count first: a long answer is cut off.
  const std::string count = std::to_string(removed.size());
  if (!is_one) desk.say(Reply::members_removed, {{"count", count}, {"list", list.name().name()}});
  for (const mail::Address& address : removed) {
    desk.say(Reply::member_removed, {{"address", address.text()}, {"list", list.name().name()}});
  }
  return {};
}

}  // namespace

// DELETE [LIST] ADDRESS | PATTERN [(TEST]: of a pattern the owner agrees to how many it is.
Status remove_members(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (!request.text && !request.text_tag.empty()) {
    desk.say(Reply::data_missing, {{"command", request.word}, {"name", request.text_tag}});
    return {};
  }
  auto members = request.text ? members_of_lines(desk, *target->list, request)
                              : members_named(desk, *target->list, request,
                                              target->rest.empty() ? std::string() : target->rest.front());
  if (!members) return members.error();
  if (!*members || !is_as_agreed(desk, request, (*members)->size())) return {};
  const lists::TextValues values = {{"count", std::to_string((*members)->size())},
                                    {"list", target->list->name().name()}};
  if (has_option(request, kTest)) {
    desk.say(Reply::members_would_be_removed, values);
    for (const store::Member& member : **members) desk.show(member.address.text());
    return {};
  }
  if (!request.is_quiet && (*members)->size() > kMaxToldAtOnce) {
    desk.say(Reply::too_many_to_tell, {{"command", request.word}, {"limit", std::to_string(kMaxToldAtOnce)}});
    return {};
  }
  if (target->is_proven) return remove_all(desk, *target->list, request, **members);
  Request asked = request;
  asked.agreed = (*members)->size();
  return ask_owner_to_confirm(desk, *target, std::move(asked));
}

}  // namespace majlis::commands
