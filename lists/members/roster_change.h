#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/members/index_ahead.h"
#include "lists/members/member_option.h"
#include "lists/site/list.h"
#include "mail/address.h"

// What somebody in charge does to a roster by hand: nobody is asked or told.
namespace majlis::lists {

struct RosterChange {
  std::vector<mail::Address> changed;
  std::vector<mail::Address> unchanged;  // were members already, or are none
};

// All of them in one transaction, each with a line for `majlis trace`.
Result<RosterChange> add_members(const Site& site, const List& list, const std::vector<mail::Mailbox>& people,
                                 UnixTime now);
Result<RosterChange> remove_members(const Site& site, const List& list, const std::vector<mail::Mailbox>& people,
                                    UnixTime now);

// Of one member; an option that ends a suspension also begins the record of its bounces anew. Topics that the list does
// not have change nothing.
Result<RosterChange> set_options(const Site& site, const List& list, const mail::Address& address,
                                 const MemberOptions& options, UnixTime now);

// Adds many, in one transaction and without lines for `majlis trace`, in the order of roster_order(); then every one of
// them, new or not, gets `options`. Which were new. Mail waits meanwhile: not more than kMaxMembersPerImport at a time.
// `ahead`: of all of them, where they are more than that.
Result<std::vector<mail::Address>> import_members(const Site& site, const List& list, std::vector<mail::Mailbox> people,
                                                  const MemberOptions& options, UnixTime now, IndexAhead& ahead);

// Sorts addresses as the roster does: in the tree's own order neighbours fall on the same page.
std::string roster_order(const mail::Address& address);

}  // namespace majlis::lists
