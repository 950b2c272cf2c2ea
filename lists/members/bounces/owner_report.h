#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

// One letter a list and day to the owners about mail that did not arrive, instead of one for each recipient.
namespace majlis::lists {

// What happened, in the order in which the report has it; also the words of ReportEntry::kind.
enum class Reported {
  removed,    // a suspended member
  unrenewed,  // removed as well: did not renew the subscription
  suspended,  // after its probe bounced
  returned,   // delivery goes on again
  probed,     // the score was reached; the answer is waited for
  reached,    // the score was reached and nothing is done: bounce_processing = report, or no room for a tag
  bounced,    // counted
  unsure,     // not counted, because anybody could have said so; the next copies will show
  message,    // refused because of the letter, not of the address
  lost,       // refused or expired on its way to somebody who is no member
  unread,     // reports that the owner did not get any more that day
};

// A line of the next report; beyond kMaxReportLines of one list and day it is left out. `text` from outside is made one
// printable line.
Status note_for_report(store::Writer& state, const List& list, Reported what, std::string_view address,
                       std::string_view status, std::string_view text, UnixTime now);
// The same of a member with all that was counted so far: on how many days, since when.
Status note_for_report(store::Writer& state, const List& list, Reported what, const store::BounceRecord& record,
                       UnixTime now);

constexpr std::uint32_t kMaxReportLines = 1000;

// Timed work "owner_report": sends what has come together and forgets it.
constexpr std::string_view kOwnerReport = "owner_report";
Status send_owner_report(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
