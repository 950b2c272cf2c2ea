#pragma once

#include <cstddef>

#include "lists/members/membership_request.h"

namespace majlis::lists {

constexpr std::size_t kMaxWaitingRequests = 200;  // of one kind and list

enum class RequestOutcome {
  passed_on,
  waits_already,  // it was passed on before: nobody is asked twice
  asked_today,    // about this address, or for this requester, as often as in a day: nobody was asked again
  too_many,       // wait, or came in today: nothing was kept, nobody was asked
};

// Keeps the request and asks whoever approves subscriptions (LIST-approval), by a letter with a token; how to decide
// stands in it as `dialect` spells it, in which was asked. One that no
// proof stands behind counts: a mailbox is asked about once a day at its own request and once at that of others, for
// one requester only so often, and the list's challenges_per_day holds for all who would join, and again for all who
// would leave. No more than kMaxWaitingRequests wait. Of both the moderators hear once a day that some were turned
// away.
Result<RequestOutcome> ask_owner(Work& work, const List& list, const MembershipRequest& request,
                                 const mail::Address& requester, const tongues::Dialect& dialect);

}  // namespace majlis::lists
