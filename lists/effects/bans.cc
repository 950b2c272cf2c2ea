#include "lists/effects/bans.h"

#include "auth/member_reference.h"
#include "base/text.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kSite;  // whose bans count for every list
constexpr std::size_t kMaxBans = kMaxBannedAddresses + kMaxBannedPatterns;
constexpr const char* kAdministrator = "majlis";

bool is_erased(std::string_view pattern) { return pattern.starts_with(store::kErasedBan); }
// Everybody is compared with it.
bool is_pattern(std::string_view pattern) { return pattern.find('*') != std::string_view::npos || is_erased(pattern); }

// Of one list, or of the site: by its address first, then the patterns it falls under.
Result<std::vector<Ban>> bans_upon(const store::View& state, std::string_view list, const mail::Address& address) {
  std::vector<Ban> found;
  Result<std::optional<Ban>> exact = state.find_ban(list, address.canonical());
  if (!exact) return exact.error();
  if (*exact) found.push_back(std::move(**exact));
  Result<std::vector<Ban>> patterns = state.bans(list, store::Bans::patterns, kMaxBannedPatterns);
  if (!patterns) return patterns.error();
  std::optional<std::string> hashed;
  for (Ban& ban : *patterns) {
    if (is_erased(ban.pattern) && !hashed) {
      Result<std::string> own = erased_ban(state, address);
      if (!own) return own.error();
      hashed = std::move(*own);
    }
    const bool is_upon = is_erased(ban.pattern) ? ban.pattern == *hashed : mail::matches_address(ban.pattern, address);
    if (is_upon) found.push_back(std::move(ban));
  }
  return found;
}

// How many there are.
struct BanCount {
  std::size_t addresses = 0;
  std::size_t patterns = 0;

  bool has_room_for(std::string_view pattern) const {
    return is_pattern(pattern) ? patterns < kMaxBannedPatterns : addresses < kMaxBannedAddresses;
  }
  void add(std::string_view pattern) { ++(is_pattern(pattern) ? patterns : addresses); }
};

Result<BanCount> count_bans(const store::View& state, const std::string& list) {
  Result<std::vector<Ban>> all = state.bans(list, store::Bans::all, kMaxBans);
  if (!all) return all.error();
  BanCount count;
  for (const Ban& ban : *all) count.add(ban.pattern);
  return count;
}

Result<BanAdded> add_counted(store::Writer& state, const std::string& list, const Ban& ban, BanCount& count) {
  Result<std::optional<Ban>> there = state.find_ban(list, ban.pattern);
  if (!there) return there.error();
  if (*there) return BanAdded::was_there;
  if (!count.has_room_for(ban.pattern)) return BanAdded::no_room;
  Result<bool> added = state.add_ban(list, ban);
  if (!added) return added.error();
  count.add(ban.pattern);
  return BanAdded::yes;
}

Error no_room(const std::string& list) {
  return {ErrorKind::refused, (list.empty() ? "the site" : list) +
                                  " has as many bans as it may: " + std::to_string(kMaxBannedAddresses) +
                                  " addresses and " + std::to_string(kMaxBannedPatterns) + " patterns"};
}

}  // namespace

Result<std::string> erased_ban(const store::View& state, const mail::Address& address) {
  const Result<store::References> references = state.references();
  if (!references) return references.error();
  if (references->key == auth::ReferenceKey{}) {
    return Error{ErrorKind::again, "the site has no key of references yet; the next majlis-flush makes it"};
  }
  return std::string(store::kErasedBan) + hex(auth::keyed_address(references->key, address.canonical()));
}

Result<bool> is_banned(const store::View& state, const std::string& list, const mail::Address& address) {
  for (const std::string_view whose : {std::string_view(list), kSite}) {
    Result<std::vector<Ban>> found = bans_upon(state, whose, address);
    if (!found) return found.error();
    if (!found->empty()) return true;
  }
  return false;
}

Result<BanAdded> add_ban(store::Writer& state, const std::string& list, const Ban& ban) {
  Result<BanCount> count = count_bans(state, list);
  return count ? add_counted(state, list, ban, *count) : Result<BanAdded>(count.error());
}

Result<std::vector<Ban>> bans_of(const Site& site, const std::string& list) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  return (*reader)->bans(list, store::Bans::all, kMaxBans);
}

Result<std::vector<BanFound>> bans_about(const Site& site, const std::vector<ListName>& lists,
                                         const mail::Address& address) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  std::vector<std::string> owners = {std::string(kSite)};
  for (const ListName& name : lists) owners.push_back(name.address());
  std::vector<BanFound> all;
  for (const std::string& whose : owners) {
    Result<std::vector<Ban>> found = bans_upon(**reader, whose, address);
    if (!found) return found.error();
    for (Ban& ban : *found) all.push_back({whose, std::move(ban)});
  }
  return all;
}

Result<BanChange> add_bans(const Site& site, const std::string& list, const std::vector<std::string>& patterns,
                           UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Result<BanCount> count = count_bans(**state, list);
  if (!count) return count.error();
  BanChange made;
  for (const std::string& pattern : patterns) {
    Result<BanAdded> added = add_counted(**state, list, {pattern, now, kAdministrator}, *count);
    if (!added) return added.error();
    if (*added == BanAdded::no_room) return no_room(list);
    (*added == BanAdded::yes ? made.changed : made.unchanged).push_back(pattern);
  }
  Status committed = (*state)->commit();
  return committed ? Result<BanChange>(std::move(made)) : committed.error();
}

Result<BanChange> remove_bans(const Site& site, const std::string& list, const std::vector<std::string>& patterns) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  BanChange made;
  for (const std::string& pattern : patterns) {
    Result<bool> removed = (*state)->remove_ban(list, pattern);
    if (!removed) return removed.error();
    (*removed ? made.changed : made.unchanged).push_back(pattern);
  }
  Status committed = (*state)->commit();
  return committed ? Result<BanChange>(std::move(made)) : committed.error();
}

}  // namespace majlis::lists
