#include "lists/members/moved_members.h"

#include <cassert>

#include "auth/fingerprint.h"
#include "lists/members/bounces/bounce_policy.h"
#include "lists/members/roster_change.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kOwedLife = 30 * kDay;
constexpr std::uint32_t kUnreached = store::kMemberSuspended | store::kMemberAlias;

store::Member member_of(const MovedMember& moved, UnixTime now) {
  return {.address = moved.person.address,
          .display = moved.person.display,
          .flags = moved.flags,
          .joined = now,
          .topics = moved.topics,
          .language = moved.language};
}

Status keep_score(store::Writer& state, const List& list, const MovedMember& moved, UnixTime now) {
  if (moved.bounce_score == 0) return {};
  store::BounceRecord record;
  record.address = moved.person.address.canonical();
  record.score = moved.bounce_score;
  record.days = 1;
  record.first = now;
  record.last = now;
  record.sent_day = now / kDay;
  return state.put_bounces(list.address(), moved.person.address, record, forget_bounces_after(list.config(), record));
}

}  // namespace

Result<std::vector<mail::Address>> move_members(const Site& site, const List& list,
                                                std::span<const MovedMember> members, OweWelcome welcome,
                                                UnixTime now) {
  assert(members.size() <= kMaxMembersPerImport);
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  std::vector<store::Member> rows;
  std::vector<const MovedMember*> added;
  for (const MovedMember& moved : members) {
    Result<std::optional<store::Member>> there = (*state)->find_member(list.address(), moved.person.address);
    if (!there) return there.error();
    if (*there) continue;
    rows.push_back(member_of(moved, now));
    added.push_back(&moved);
  }
  Result<std::size_t> joined = (*state)->add_members(list.address(), rows);
  Status done = joined ? Status() : Status(joined.error());
  std::vector<mail::Address> addresses;
  for (const MovedMember* moved : added) {
    if (done) done = keep_score(**state, list, *moved, now);
    const bool is_owed = welcome == OweWelcome::yes && (moved->flags & kUnreached) == 0;
    if (done && is_owed) {
      done = (*state)->mark_seen(list.address(), owed_welcome(site, moved->person.address), now + kOwedLife);
    }
    addresses.push_back(moved->person.address);
  }
  if (done) done = (*state)->commit();
  return done ? Result<std::vector<mail::Address>>(std::move(addresses)) : done.error();
}

std::string owed_welcome(const Site& site, const mail::Address& address) {
  return auth::keyed_fingerprint(site.keys().front(), {"welcome", address.canonical()});
}

}  // namespace majlis::lists
