#pragma once

#include "lists/work.h"
#include "mail/bounce.h"

namespace majlis::lists {

// A line in the log and for `majlis trace` for each member of `list` whose mail failed, as a report to LIST-bounces
// says. Nothing is counted against anybody: a report proves nothing. Addresses that are no members are left out, so
// that a forged report fills no log.
Status note_failures(Work& work, const std::string& list, const mail::Report& report);

}  // namespace majlis::lists
