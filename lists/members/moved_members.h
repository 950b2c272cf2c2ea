#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/members/index_ahead.h"
#include "lists/site/list.h"
#include "mail/address.h"

namespace majlis::lists {

// A member of another system's list.
struct MovedMember {
  std::string key;  // roster_order() of the address
  mail::Mailbox person;
  std::uint32_t flags = 0;  // store::MemberFlag bits: all of them, not those of a new member
  std::string topics = {};
  std::string language = {};
  std::uint32_t bounce_score = 0;  // hundredths
};

// As import_members(): sorted, each once, one transaction, at most kMaxMembersPerImport. Who is a member already stays
// as it is. Which were new. OweWelcome::yes: it is remembered of these, in the same transaction, that they are to have
// the welcome (lists/moving/moving_letters.h), but of those whom mail does not reach.
enum class OweWelcome { no, yes };
Result<std::vector<mail::Address>> move_members(const Site& site, const List& list,
                                                std::span<const MovedMember> members, OweWelcome welcome, UnixTime now,
                                                IndexAhead& ahead);

// As what the store remembers that, seen by the list; it tells nobody the address.
std::string owed_welcome(const Site& site, const mail::Address& address);

}  // namespace majlis::lists
