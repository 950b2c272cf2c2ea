#pragma once

#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "mail/bounces/bounce.h"

// Reports that came back to no signed address. Anybody can write one, so they count nothing; but whoever they name gets
// his next copies with a return address of his own, and what comes back to that one tells.
namespace majlis::lists {

// Has the members that a report says failed watched, and puts them into the owner's report. True: it named one, so
// nobody needs to read it. False: it names no member, or the list watches nobody (watches_members()). `return_address`
// is what it came back to.
Result<bool> watch_named_members(Work& work, const List& list, const mail::Report& report,
                                 const mail::Address& return_address);

// New ones of one list and day. What all days together may bring while they are watched stays below kMaxWatched, so
// that forged reports leave room for members of whom something did come back.
constexpr std::uint32_t kWatchedPerDay = 20;

}  // namespace majlis::lists
