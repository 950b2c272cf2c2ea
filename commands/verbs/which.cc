#include <algorithm>

#include "commands/reading/secret_words.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kNameWidth = 23;
constexpr std::size_t kMaxLists = 500;
constexpr std::size_t kMaxListsOfOthers = 100;

// Majordomo's "%-23s %s".
std::string row_for(std::string list, const std::string& address) {
  list.resize(std::max(list.size(), kNameWidth) + 1, ' ');
  return list + address;
}

void say_rows(Desk& desk, const mail::Address& address, const std::vector<std::string>& lists) {
  desk.say(Reply::which_head, {{"address", address.text()}, {"server", desk.server()}});
  desk.show("");
  desk.say(lists.empty() ? Reply::which_none : Reply::which_columns);
  for (const std::string& list : lists) desk.show(row_for(short_name_of(desk, list), address.text()));
  desk.show("");
}

// Whether the requester may learn that this member is on the list.
Result<bool> may_know(Desk& desk, const lists::List& list, const mail::Address& address) {
  if (desk.is_switched_off(list, Verb::which)) return false;
  Result<bool> visible = is_visible(desk, list);
  if (!visible || !*visible) return visible;
  Result<bool> allowed = desk.may_see(list, lists::Setting::which_access);
  if (!allowed || !*allowed) return allowed;
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), address);
  if (!member) return member.error();
  return *member && ((*member)->flags & store::kMemberConcealed) == 0;
}

Status which_of_another(Desk& desk, const mail::Address& address) {
  Result<std::vector<std::string>> found = desk.work().state().lists_of(address, kMaxListsOfOthers);
  if (!found) return found.error();
  std::vector<std::string> shown;
  for (const std::string& name : *found) {
    Result<const lists::List*> list = desk.open_list(name);
    if (!list) return list.error();
    if (*list == nullptr) continue;
    Result<bool> allowed = may_know(desk, **list, address);
    if (!allowed) return allowed.error();
    if (*allowed) shown.push_back(name);
  }
  say_rows(desk, address, shown);
  return {};
}

// approve PASSWORD which LIST [ADDRESS]: that list's roster, and no other.
Status which_in_list(Desk& desk, const lists::List& list, const mail::Address& address) {
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), address);
  if (!member) return member.error();
  say_rows(desk, address, *member ? std::vector{list.address()} : std::vector<std::string>());
  return {};
}

}  // namespace

// Whole addresses only, found by the index: Majordomo searched every roster for any text (CVE-2003-1367). One's own
// always, the answer goes there; others' where which_access allows it.
Status which(Desk& desk, const Request& request) {
  std::vector<std::string> words = request.arguments;
  const lists::List* approved = nullptr;
  if (desk.proof() == auth::Proof::list_password) {
    Result<const lists::List*> list = desk.open_list(words.front());
    if (!list) return list.error();
    approved = *list;
    words.erase(words.begin());
  }
  const auto asked = words.empty() ? std::optional(desk.requester()) : mail::Address::parse(words.front());
  if (!asked || words.size() > 1) {
    desk.say(Reply::which_whole_addresses, {{"command", request.word}, {"address", shown_words(words.front(), 60)}});
    return {};
  }
  if (approved != nullptr) return which_in_list(desk, *approved, *asked);
  if (*asked != desk.requester()) return which_of_another(desk, *asked);
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(*asked, kMaxLists);
  if (!lists) return lists.error();
  say_rows(desk, *asked, *lists);
  return {};
}

}  // namespace majlis::commands
