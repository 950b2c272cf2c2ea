#include "commands/verbs/verbs.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::size_t kMaxWhoOctets = 48 * 1024;  // below the site's bound for a whole reply

// Says one page; false when the answer is full.
bool say_page(Desk& desk, const std::vector<store::Member>& members, bool with_concealed) {
  for (const store::Member& member : members) {
    if ((member.flags & store::kMemberConcealed) != 0 && !with_concealed) continue;
    if (desk.answer().size() > kMaxWhoOctets) return false;
    desk.show("    " + member.address.text());
  }
  return true;
}

}  // namespace

Status who(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = desk.may_see(list, lists::Setting::who_access);
  if (!allowed) return allowed.error();
  if (!*allowed) {
    desk.say(Reply::command_disabled);
    return {};
  }
  desk.say(Reply::who_head, {{"list", list.name().name()}});
  desk.show("");
  const bool with_concealed = desk.proof() == auth::Proof::list_password;
  std::string cursor;
  for (bool more = true; more;) {
    Result<store::WalkPage> page = desk.work().state().walk_members(list.address(), cursor, kPage);
    if (!page) return page.error();
    cursor = page->cursor;
    more = say_page(desk, page->members, with_concealed) && !cursor.empty();
  }
  if (!cursor.empty()) desk.say(Reply::who_cut);
  Result<std::uint64_t> count = desk.work().state().count_members(list.address());
  if (!count) return count.error();
  desk.show("");
  desk.say(Reply::who_count, {{"count", std::to_string(*count)}});
  return {};
}

}  // namespace majlis::commands
