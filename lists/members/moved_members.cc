#include "lists/members/moved_members.h"

#include <cassert>

#include "auth/fingerprint.h"
#include "lists/members/bounces/bounce_policy.h"
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
                                                std::span<const MovedMember> members, OweWelcome welcome, UnixTime now,
                                                IndexAhead& ahead) {
  assert(members.size() <= kMaxMembersPerImport);
  std::vector<store::Member> joining;
  joining.reserve(members.size());
  for (const MovedMember& moved : members) joining.push_back(member_of(moved, now));
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  const Result<store::ReferenceRows> rows = ahead.rows(**state);
  if (!rows) return rows.error();
  const Result<std::vector<std::size_t>> places = (*state)->add_members(list.address(), joining, *rows);
  Status done = places ? ahead.go_along(**state) : Status(places.error());
  if (!done) return done.error();
  std::vector<mail::Address> added;
  for (const std::size_t place : *places) {
    const MovedMember& moved = members[place];
    if (done) done = keep_score(**state, list, moved, now);
    const bool is_owed = welcome == OweWelcome::yes && (moved.flags & kUnreached) == 0;
    if (done && is_owed) {
      done = (*state)->mark_seen(list.address(), owed_welcome(site, moved.person.address), now + kOwedLife);
    }
    added.push_back(std::move(joining[place].address));
  }
  if (done) done = (*state)->commit();
  return done ? Result<std::vector<mail::Address>>(std::move(added)) : done.error();
}

std::string owed_welcome(const Site& site, const mail::Address& address) {
  return auth::keyed_fingerprint(site.keys().front(), {"welcome", address.canonical()});
}

}  // namespace majlis::lists
