#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "spool/job/points.h"

namespace majlis::spool {

// Members that one post may leave out by name: a job is read again at every run.
constexpr std::size_t kMaxExcept = 200;

// "The members of LIST as of CHANGE": a post to a million members is a job of a few kilobytes.
struct RosterQuery {
  std::string list;         // canonical posting address
  std::uint64_t as_of = 0;  // store::ChangeNumber: later members do not get it
  // Members by their flags (store::MemberFlag): who has one of the first, 0 = whoever; and none of the second.
  std::uint32_t with_any = 0;
  std::uint32_t without = 0;
  // Of the flags that keep posts away these do not count: an urgent one is for them as well.
  std::uint32_t reaches = 0;
  std::string part = {};  // which of them, in the words of whoever reads the roster; "" = all
  // Of members who chose topics only those with one of these names: "menus,other"; "" = all.
  std::string topics = {};
  // Not these members, whatever else is said: addresses in the spelling of the roster, at most kMaxExcept.
  std::vector<std::string> except = {};
  WordsWanted words = {};  // in no file: the points of the job say it
  bool operator==(const RosterQuery&) const = default;
};

enum class Verp {
  none,           // one envelope sender for all
  per_recipient,  // "LIST-bounces+TAG@domain", TAG made by the VerpSigner given to the flusher
};

// One message and whom it is for; exactly one of `recipients` and `roster` is used.
struct Job {
  std::string id;  // "HEX32.N", see staged_name.h
  UnixTime created = 0;
  UnixTime expires = 0;  // given up then, with a report
  std::string list;      // canonical, "" for the site's own mail
  std::string message_id;
  std::string sender;  // envelope sender, "" = null
  Verp verp = Verp::none;
  std::vector<std::string> recipients;
  std::optional<RosterQuery> roster;
  std::string message;  // as it goes out; any line ends
  // Where each recipient's copy has something of its own; then it is a transaction of its own. are_points_safe().
  std::vector<Point> points = {};
};

}  // namespace majlis::spool
