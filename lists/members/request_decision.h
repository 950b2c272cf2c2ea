#pragma once

#include <string_view>

#include "lists/members/challenges.h"
#include "lists/members/membership_request.h"

namespace majlis::lists {

// The address joins or leaves: the roster, welcome or goodbye and the notice to the owner as the settings say. A
// request about it that waits is closed: it has come about, or is no longer meant.
Status change_member(Work& work, const List& list, MembershipChange change, const mail::Mailbox& who,
                     const JoinAs& as = {}, Told told = Told::as_set);

// What a request that waits here owes once it was decided: the change and its letters, a letter with the reason to the
// address concerned, or nothing.
Status settle_request(Work& work, const List& list, const store::PendingItem& item, const Ruling& ruling);

}  // namespace majlis::lists
