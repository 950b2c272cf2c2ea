#include "lists/members/roster_change.h"

#include <cassert>
#include <functional>

#include "lists/effects/new_member.h"
#include "lists/effects/work.h"
#include "lists/members/set_options.h"
#include "store/database.h"
#include "store/keys.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxFewPeople = 1000;

// One person's change; false: there was nothing to change.
using ChangeOne = std::function<Result<bool>(store::Writer&, const mail::Mailbox&)>;

Result<RosterChange> change_all(const Site& site, const std::vector<mail::Mailbox>& people, const std::string& note,
                                UnixTime now, const ChangeOne& change) {
  Result<std::unique_ptr<store::Writer>> state =
      people.size() > kMaxFewPeople ? site.open_bulk_writer() : site.open_writer();
  if (!state) return state.error();
  RosterChange made;
  for (const mail::Mailbox& person : people) {
    Result<bool> did = change(**state, person);
    if (!did) return did.error();
    if (!*did) {
      made.unchanged.push_back(person.address);
      continue;
    }
    made.changed.push_back(person.address);
    Status noted = (*state)->add_trace({now, person.address.canonical(), note}, now + kTraceLife);
    if (!noted) return noted.error();
  }
  Status committed = (*state)->commit();
  if (!committed) return committed.error();
  return made;
}

std::string note_of(std::string_view what, const List& list) {
  return std::string(what) + " list=" + list.address() + " by=administrator";
}

// What the list's configuration makes of a person.
class NewMember {
 public:
  NewMember(const List& list, UnixTime now)
      : drops_names_(list.config().is_on(Setting::strip)), flags_(flags_of_new_member(list.config())), now_(now) {}

  store::Member of(mail::Mailbox person) const {
    return {std::move(person.address), drops_names_ ? "" : std::move(person.display), flags_, now_, 0};
  }

 private:
  bool drops_names_;
  std::uint32_t flags_;
  UnixTime now_;
};

// false: is no member.
Result<bool> set_options_of(store::Writer& state, const List& list, const mail::Address& address,
                            const MemberOptions& options, UnixTime now) {
  Result<std::optional<store::Member>> member = state.find_member(list.address(), address);
  if (!member) return member.error();
  if (!*member) return false;
  Status done = set_member_options(state, list, **member, options, MemberOption::By::owner, "administrator", now);
  return done ? Result<bool>(true) : done.error();
}

}  // namespace

Result<RosterChange> add_members(const Site& site, const List& list, const std::vector<mail::Mailbox>& people,
                                 UnixTime now) {
  const NewMember new_member(list, now);
  return change_all(site, people, note_of("add", list), now, [&](store::Writer& state, const mail::Mailbox& person) {
    return state.add_member(list.address(), new_member.of(person));
  });
}

Result<RosterChange> remove_members(const Site& site, const List& list, const std::vector<mail::Mailbox>& people,
                                    UnixTime now) {
  return change_all(site, people, note_of("remove", list), now, [&](store::Writer& state, const mail::Mailbox& person) {
    return state.remove_member(list.address(), person.address);
  });
}

Result<RosterChange> set_options(const Site& site, const List& list, const mail::Address& address,
                                 const MemberOptions& options, UnixTime now) {
  const auto set = [&](store::Writer& state, const mail::Mailbox& person) {
    return set_options_of(state, list, person.address, options, now);
  };
  return change_all(site, {{"", address}}, note_of("set", list), now, set);
}

Result<std::vector<mail::Address>> import_members(const Site& site, const List& list, std::vector<mail::Mailbox> people,
                                                  const MemberOptions& options, UnixTime now, IndexAhead& ahead) {
  assert(people.size() <= kMaxMembersPerImport);
  const NewMember new_member(list, now);
  std::vector<store::Member> members;
  members.reserve(people.size());
  for (mail::Mailbox& person : people) members.push_back(new_member.of(std::move(person)));
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  const Result<store::ReferenceRows> rows = ahead.rows(**state);
  if (!rows) return rows.error();
  const Result<std::vector<std::size_t>> places = (*state)->add_members(list.address(), members, *rows);
  if (!places) return places.error();
  for (const store::Member& member : members) {
    if (options.empty()) break;
    Result<bool> set = set_options_of(**state, list, member.address, options, now);
    if (!set) return set.error();
  }
  Status done = ahead.go_along(**state);
  if (done) done = (*state)->commit();
  if (!done) return done.error();
  std::vector<mail::Address> added;
  added.reserve(places->size());
  for (const std::size_t place : *places) added.push_back(std::move(members[place].address));
  return added;
}

std::string roster_order(const mail::Address& address) { return store::Key::part_of(address).octets(); }

}  // namespace majlis::lists
