#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

// A member whom mail does not reach: suspended, told how to come back, removed after the last letter.
namespace majlis::lists {

// Stops delivery to a member whose probe came back, and tells it; with bounce_warnings = 0 removes it. `record` says
// why.
Status suspend_member(Work& work, const List& list, const store::Member& member, store::BounceRecord record);

// Timed work "bounce_letter": the next letter, or the removal. The item's id is the member's address.
constexpr std::string_view kBounceLetter = "bounce_letter";
Status remind_suspended_member(Work& work, const List& list, const store::DueItem& item);

// The member was heard from: a suspension ends, and whoever it is starts with a clean record. Mail that was sent before
// counts nothing any more, whenever its report comes.
Status resume_delivery(store::Writer& state, const List& list, const store::Member& member, std::string_view by,
                       UnixTime now);

// Why mail to the member failed, for a letter; where nothing was heard it says so.
std::string reason_in_words(const Work& work, const List& list, const store::BounceRecord& record);

enum class OwnerNotice { counted, suspended, removed };
// Tells the owner at once where the setting for it asks.
void tell_owner_at_once(Work& work, const List& list, OwnerNotice what, const store::BounceRecord& record);

}  // namespace majlis::lists
