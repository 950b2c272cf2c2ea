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

store::Member new_member(const List& list, mail::Mailbox person, UnixTime now) {
  const bool drops_names = list.config().is_on(Setting::strip);
  return {std::move(person.address), drops_names ? "" : std::move(person.display), flags_of_new_member(list.config()),
          now, 0};
}

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
  return change_all(site, people, note_of("add", list), now, [&](store::Writer& state, const mail::Mailbox& person) {
    return state.add_member(list.address(), new_member(list, person, now));
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

Result<std::vector<mail::Address>> import_members(const Site& site, const List& list,
                                                  const std::vector<mail::Mailbox>& people,
                                                  const MemberOptions& options, UnixTime now) {
  assert(people.size() <= kMaxMembersPerImport);
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  std::vector<store::Member> members;
  std::vector<mail::Address> added;
  for (const mail::Mailbox& person : people) {
    Result<std::optional<store::Member>> member = (*state)->find_member(list.address(), person.address);
    if (!member) return member.error();
    const bool is_twice = !added.empty() && added.back() == person.address;  // they come sorted
    if (*member || is_twice) continue;
    added.push_back(person.address);
    members.push_back(new_member(list, person, now));
  }
  Result<std::size_t> done = (*state)->add_members(list.address(), members);
  if (!done) return done.error();
  for (const mail::Mailbox& person : people) {
    if (options.empty()) break;
    Result<bool> set = set_options_of(**state, list, person.address, options, now);
    if (!set) return set.error();
  }
  Status committed = (*state)->commit();
  if (!committed) return committed.error();
  return added;
}

std::string roster_order(const mail::Address& address) { return store::Key::part_of(address).octets(); }

}  // namespace majlis::lists
