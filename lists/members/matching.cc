#include "lists/members/matching.h"

#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kPage = 1000;

}  // namespace

Result<std::vector<store::Member>> members_matching(const store::View& state, const std::string& list,
                                                    std::string_view pattern, std::size_t max) {
  std::vector<store::Member> found;
  if (!mail::is_pattern(pattern)) {
    const auto address = mail::Address::parse(pattern);
    if (!address) return found;
    Result<std::optional<store::Member>> member = state.find_member(list, *address);
    if (!member) return member.error();
    if (*member) found.push_back(std::move(**member));
    return found;
  }
  std::string cursor;
  do {
    Result<store::WalkPage> page = state.walk_members(list, cursor, kPage);
    if (!page) return page.error();
    cursor = page->cursor;
    for (store::Member& member : page->members) {
      if (!mail::matches_address(pattern, member.address)) continue;
      if (found.size() == max) return found;
      found.push_back(std::move(member));
    }
  } while (!cursor.empty());
  return found;
}

}  // namespace majlis::lists
