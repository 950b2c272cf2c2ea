#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lists/site/list.h"
#include "spool/job/points.h"

namespace majlis::lists {

// Words of fronter and footer that stand for the one member a copy is for: $USER_ADDRESS, $USER_NAME,
// $UNSUBSCRIBE_COMMAND and $UNSUBSCRIBE_LINK.

bool is_personal(const List& list);  // its setting `personalize`

// What they stand for, with marks where the member comes in. For PostTokens::more.
std::vector<std::pair<std::string_view, std::string>> member_words(const List& list, const spool::PointMarks& marks);

// The link that mails the command to leave for `address`, percent-encoded; the answer goes to that address.
std::string unsubscribe_link(const List& list, std::string_view address);

// The lines of a setting as they may stand in a copy that many read, such as the archive's: where copies are personal,
// without those lines that have such a word.
std::vector<std::string> lines_for_all(const List& list, Setting setting);

}  // namespace majlis::lists
