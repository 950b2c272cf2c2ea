#include "commands/verbs/by_owner.h"

#include "commands/reading/secret_words.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownPattern = 100;

}  // namespace

bool may_search(Desk& desk, const Request& request, std::size_t patterns) {
  if (patterns == 0) return true;
  if (patterns > kMaxPatternsAtOnce) {
    desk.say(Reply::too_many_patterns, {{"command", request.word}, {"limit", std::to_string(kMaxPatternsAtOnce)}});
    return false;
  }
  return may_walk_roster(desk, request);
}

Result<std::optional<std::vector<store::Member>>> members_named(Desk& desk, const lists::List& list,
                                                                const Request& request, const std::string& written) {
  if (may_search(desk, request, mail::is_pattern(written) ? 1 : 0))
    return members_fitting(desk, list, request, written);
  return std::optional<std::vector<store::Member>>();
}

Result<std::optional<std::vector<store::Member>>> members_fitting(Desk& desk, const lists::List& list,
                                                                  const Request& request, const std::string& written) {
  const std::optional<std::vector<store::Member>> none;
  const auto pattern = mail::address_pattern(written);
  if (!pattern) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(written, kMaxShownPattern)}});
    return none;
  }
  auto members = lists::members_matching(desk.work().state(), list.address(), *pattern, kMaxMembersAtOnce + 1);
  if (!members) return members.error();
  if (members->size() > kMaxMembersAtOnce) {
    desk.say(Reply::too_many_members, {{"command", request.word}, {"limit", std::to_string(kMaxMembersAtOnce)}});
    return none;
  }
  if (members->empty()) {
    desk.say(Reply::nobody_fits, {{"address", shown_words(written, kMaxShownPattern)}, {"list", list.name().name()}});
    return none;
  }
  return std::optional(std::move(*members));
}

bool is_as_agreed(Desk& desk, const Request& request, std::size_t count) {
  if (!request.agreed || count <= *request.agreed) return true;
  desk.say(Reply::more_than_agreed,
           {{"command", request.word}, {"count", std::to_string(count)}, {"agreed", std::to_string(*request.agreed)}});
  return false;
}

}  // namespace majlis::commands
