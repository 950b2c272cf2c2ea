#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lists/effects/arrival.h"
#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// What is kept and mailed for whoever writes has ceilings.

// So much of a day's share is wanted.
struct Share {
  std::string key;
  std::uint64_t limit;
  std::uint64_t amount = 1;
};
// Takes them all or, when one has not that much left today, none, and returns which; nullopt: all are taken.
Result<std::optional<std::size_t>> take_shares(Work& work, std::span<const Share> shares);

// That one address, which is told itself, has used up its share (`rule`: the setting, or a word).
void log_share_used(Work& work, const List& list, std::string_view what, std::string_view rule,
                    const mail::Address& whose);

// Those that many people have in common.
enum class Ceiling {
  challenges,          // to those who would join a list, in a day
  network_challenges,  // of them caused by one network
  requests,            // that wait for an owner
  requests_asked,      // passed on to an owner without proof, in a day
  file_octets,         // of files mailed in a day
  held_posts,          // that wait at a time
  held_octets,
  held_notices,    // to moderators in a day
  author_letters,  // about posts in a day
  bad_files,       // in spool/bad
  bad_octets,
  post_challenges,  // to authors of posts, in a day
};

// A ceiling that something came up against.
struct Reached {
  Ceiling ceiling;
  std::uint64_t limit;
  std::string source = {};  // for the log and the letter: who came up against it, where that is one
};
// That the list has written to authors as often as it may in a day.
Reached ceiling_of_letters(const List& list);
// The setting; a word where the ceiling is a constant.
std::string rule_of(const Reached& reached);
// A line in the log each time; once a day a letter to who can do something about it, owners, moderators or postmaster.
// `list`: nullptr for the site's own.
Status tell_of_ceiling(Work& work, const List* list, const Reached& reached);

// Of what came up against it nothing is kept: that is told, besides what `and_note` does, and the Error (again) leaves
// the message with the MTA, which comes back with it. No Work may be open.
Error leave_with_mta(const Site& site, const List* list, const Reached& reached, const Arrival& arrival,
                     const std::function<Status(Work&)>& and_note = nullptr);

}  // namespace majlis::lists
