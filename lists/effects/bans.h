#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"
#include "mail/address.h"
#include "store/database.h"

namespace majlis::lists {

// Who may neither join a list nor post to it, by address or pattern (mail/address_pattern.h): of one list, or of the
// site, named "", whose bans count for every list.

using Ban = store::Ban;  // for rooms that do not know store/
using store::kErasedBan;

// Of one list, or of the site. Addresses are found by an index; patterns are gone through for every post.
constexpr std::size_t kMaxBannedAddresses = 10'000;
constexpr std::size_t kMaxBannedPatterns = 1'000;

// What stands in a ban in the place of an address whose person was erased; the key is the site's key of references,
// which never changes.
Result<std::string> erased_ban(const store::View& state, const mail::Address& address);

// By the list's bans or the site's.
Result<bool> is_banned(const store::View& state, const std::string& list, const mail::Address& address);

enum class BanAdded { yes, was_there, no_room };
// `ban.pattern`: as address_pattern() gives it.
Result<BanAdded> add_ban(store::Writer& state, const std::string& list, const Ban& ban);

// Those without '*' first, by pattern.
Result<std::vector<Ban>> bans_of(const Site& site, const std::string& list);

// A ban that an address falls under, and whose it is ("" the site's).
struct BanFound {
  std::string list;
  Ban ban;
};
// The site's, and those of these lists.
Result<std::vector<BanFound>> bans_about(const Site& site, const std::vector<ListName>& lists,
                                         const mail::Address& address);

// What an administrator changes: all of them in one transaction, or none (refused: there is no room).
struct BanChange {
  std::vector<std::string> changed;
  std::vector<std::string> unchanged;  // were there already; were not there
};
Result<BanChange> add_bans(const Site& site, const std::string& list, const std::vector<std::string>& patterns,
                           UnixTime now);
Result<BanChange> remove_bans(const Site& site, const std::string& list, const std::vector<std::string>& patterns);

}  // namespace majlis::lists
