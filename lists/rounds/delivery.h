#pragma once

#include <string_view>

#include "lists/rounds/timed_clock.h"
#include "lists/site/site.h"
#include "spool/flush_help.h"

namespace majlis::lists {

// What the flusher asks the floor above: members of a list as of a post, without those who want or get no mail; return
// addresses of one member; and what becomes of mail that is lost. `site` must live as long.
spool::FlushHelp flush_help(const Site& site);

// Staged files that their own process could not publish any more: what a receipt knows is published, the rest swept
// (spool::Spool::finish_staged).
Status finish_staged_files(const Site& site, UnixTime now);

// What was changed in the lists' files since the last run, by hand too: the catalogue of lists, and what it makes due.
// A failure is logged.
void heed_changed_lists(const Site& site, UnixTime now);

// Small work that every flusher run does: rows whose time is over (not while the clock is doubted: tokens that were
// used would be good again when it is set right), what an earlier version left to be done, log files of the database.
Status keep_house(const Site& site, UnixTime now, ClockTrust trust);

}  // namespace majlis::lists
