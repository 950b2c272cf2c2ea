#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/verp_tag.h"
#include "lists/effects/work.h"
#include "lists/site/list.h"

// Return addresses of one member: "LIST-bounces+TAG@domain" (auth/verp_tag.h). A copy with one of its own needs a
// transaction of its own, so the setting `verp` says who gets it.
namespace majlis::lists {

// Which members one job is for. A post may go out as two jobs, the members with a return address of their own and the
// rest; the roster is read at different times for each, so who belongs to which depends on nothing that can change.
struct RosterShare {
  enum class Side { own, rest };
  Side side = Side::own;
  // Every member has one day of a cycle of `cycle_days`; those whose day is among `days` from `first_day` on are meant,
  UnixTime first_day = 0;
  UnixTime days = 0;
  UnixTime cycle_days = 1;
  // and these as well, in ascending order: something came back from them.
  std::vector<auth::MemberReference> watched;
  // What the references are that members are known by here.
  auth::ReferenceKind kind = auth::ReferenceKind::keyed;

  bool holds(auth::MemberReference reference) const;
  // As it stands in a job: "keyed own 3 7 30 00a1b2c3d4e5,...", without the first word where they are not; parse()
  // reads it strictly.
  std::string words() const;
  static std::optional<RosterShare> parse(std::string_view words);
};

// At most so many members of a list are watched in one post; the others' turn comes by the cycle.
constexpr std::size_t kMaxWatched = 500;

// Whether a member that something came back from gets every copy with a return address of its own.
bool watches_members(const List& list);

// Sends a post to the members of the list: one job, or two as above.
Status send_to_members(Work& work, const List& list, Outgoing post);
// The same of one post of which several kinds of members have other copies.
Status send_to_members(Work& work, const List& list, std::vector<Outgoing> copies);

// "cooks-bounces@d" with the tag of one member in it; nullopt when the list's name leaves no room for one.
std::optional<std::string> sender_with_tag(const Site& site, std::string_view list, std::string_view bounces_address,
                                           const auth::VerpTag& tag);

// The tag of what is sent to a member, `day` as in VerpTag.
auth::VerpTag tag_for(const store::References& references, auth::VerpKind kind, const mail::Address& address,
                      UnixTime day);

}  // namespace majlis::lists
