#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::lists {

// What came back from a member.
struct MemberBounces {
  std::string_view state;   // counted, probed, suspended
  std::uint32_t score = 0;  // hundredths
  std::uint32_t days = 0;   // on which something was counted
  UnixTime last = 0;
  std::string status;  // of the last one, "5.1.1"
};

// A member as somebody in charge of the list sees it.
struct MemberView {
  mail::Address address;           // in the spelling to deliver to
  std::string name;                // UTF-8, may be empty
  std::vector<std::string> flags;  // the names of options that are set, "topics:menus,news" among them
  bool is_stopped = false;         // nomail, and not by choice
  UnixTime joined = 0;
  UnixTime renewed = 0;  // 0: never
  std::optional<MemberBounces> bounces;
};

struct MemberPage {
  std::vector<MemberView> members;
  std::string cursor;  // of the next page; empty when the list is at its end
};

enum class Bounces { left_out, wanted };

// Members in the order of their domains, from `cursor` ("" = the first) on, a few thousand: a page has an opening of
// the store of its own, so that nobody who subscribes waits for a long listing. Walked to its end, everybody who was on
// the list all the time was there exactly once; who came or went meanwhile may have been there or not.
Result<MemberPage> members_page(const Site& site, const std::string& list, const std::string& cursor, Bounces bounces);

// One list that an address is on.
struct Membership {
  std::string list;
  MemberView member;
};
// All of them, by an index; refused when there are more than kMaxMemberships.
Result<std::vector<Membership>> memberships_of(const Site& site, const mail::Address& address);

constexpr std::size_t kMaxMemberships = 10'000;

// How many members each of these lists has.
Result<std::vector<std::uint64_t>> count_members(const Site& site, const std::vector<ListName>& lists);

}  // namespace majlis::lists
