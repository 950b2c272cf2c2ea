#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::uint64_t kFewMembers = 1000;       // a roster that may be read as often as it is asked for
constexpr std::uint64_t kMaxInOrder = 4000;       // more do not fit into an answer
constexpr std::size_t kMaxWhoOctets = 48 * 1024;  // below the site's bound for a whole reply

bool is_sought(const store::Member& member, std::string_view sought) {
  if (sought.empty()) return true;
  const std::string text = to_lower_ascii(member.address.text() + " " + member.display);
  return text.find(to_lower_ascii(sought)) != std::string::npos;
}

std::string words_for(const Desk& desk, const store::Member& member) {
  const auto person_words = desk.tongue().person_words;
  return person_words == nullptr ? member.address.text() : person_words(member.address.text(), member.display);
}

// Says these; false when the answer is full.
bool show_members(Desk& desk, const lists::List& list, const std::vector<store::Member>& members,
                  std::string_view sought) {
  const bool with_concealed = desk.sees_all(list);
  for (const store::Member& member : members) {
    if ((member.flags & store::kMemberConcealed) != 0 && !with_concealed) continue;
    if (!is_sought(member, sought)) continue;
    if (desk.answer().size() > kMaxWhoOctets) return false;
    desk.show(words_for(desk, member));
  }
  return true;
}

// As they came, which is how Majordomo's file has them.
void show_in_order_of_joining(Desk& desk, const lists::List& list, std::vector<store::Member> members,
                              std::string_view sought) {
  std::sort(members.begin(), members.end(),
            [](const store::Member& a, const store::Member& b) { return a.joined_at < b.joined_at; });
  if (!show_members(desk, list, members, sought)) desk.say(Reply::who_cut);
}

Status show_roster(Desk& desk, const lists::List& list, std::uint64_t count, std::string_view sought) {
  std::vector<store::Member> few;
  std::string cursor;
  for (bool more = true; more;) {
    Result<store::WalkPage> page = desk.work().state().walk_members(list.address(), cursor, kPage);
    if (!page) return page.error();
    cursor = page->cursor;
    more = !cursor.empty();
    if (count <= kMaxInOrder) {
      std::move(page->members.begin(), page->members.end(), std::back_inserter(few));
    } else {
      more = show_members(desk, list, page->members, sought) && more;
    }
  }
  if (count <= kMaxInOrder) {
    show_in_order_of_joining(desk, list, std::move(few), sought);
  } else if (!cursor.empty()) {
    desk.say(Reply::who_cut);
  }
  return {};
}

}  // namespace

Status who(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = may_see_or_refuse(desk, list, lists::Setting::who_access, Reply::who_is_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  Result<std::uint64_t> count = desk.work().state().count_members(list.address());
  if (!count) return count.error();
  if (*count > kFewMembers && !may_walk_roster(desk, request)) return {};
  desk.say(Reply::who_head, {{"list", list.name().name()}});
  desk.show("");
  Status shown = show_roster(desk, list, *count, request.sought);
  if (!shown) return shown;
  if (!request.sought.empty()) return {};
  desk.show("");
  desk.say(*count == 0 ? Reply::who_none : Reply::who_count, {{"count", std::to_string(*count)}});
  desk.show("");
  return {};
}

}  // namespace majlis::commands
