#pragma once

#include <string>
#include <string_view>

#include "lists/effects/work.h"

// Files that a piece of work removes lie in no spool/tmp that would tell of them. Work that no MTA repeats, killed
// between its commit and its last removal, therefore leaves an item behind, and majlis-flush removes the rest.
namespace majlis::lists {

constexpr std::string_view kRemovals = "removals";  // the kind of the item; its id is the work's fingerprint

// Work::finish() for such work of `list`; ends it, and with it the site's lock.
Status finish_unrepeated(Work work, const std::string& list, std::string_view outcome);

// Timed work: the receipt knows which files.
Status finish_removals(Work& work, const List& list, const store::DueItem& item);

}  // namespace majlis::lists
