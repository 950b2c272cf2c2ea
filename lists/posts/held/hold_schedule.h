#pragma once

#include <string>
#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

constexpr std::string_view kHoldExpiry = "hold_expiry";    // one item a held post
constexpr std::string_view kHoldSummary = "hold_summary";  // one item a list, while something waits

// A post that was held now: when it will be discarded, and when the moderators are reminded of what waits.
Status schedule_hold(Work& work, const List& list, const store::HeldPost& post);
// Somebody decided.
Status unschedule_hold(Work& work, const List& list, std::string_view id);

// The next reminder of the list, a day from now, unless one is scheduled.
Status schedule_hold_summary(store::Writer& state, const std::string& list, UnixTime now);

// Posts held before there was timed work, or an index by id, get their items and rows, once (the fact
// `holds_scheduled`): at least a day is left to decide about them. In slices, each committed; `state` has no changes of
// its own.
Status schedule_old_holds(store::Writer& state, UnixTime now);

}  // namespace majlis::lists
