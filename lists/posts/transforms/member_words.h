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

// Whether a member's own List-Unsubscribe has a token that takes the member off (lists/effects/unsubscribe_token.h).
bool signs_unsubscribe(const List& list);

// Whether members' copies differ: they are personal, or each is a transaction of its own anyhow, which a signed
// List-Unsubscribe costs nothing more then.
bool has_own_copies(const Site& site, const List& list);

// What they stand for, with marks where the member comes in. For PostTokens::more.
std::vector<std::pair<std::string_view, std::string>> member_words(const List& list, const spool::PointMarks& marks);

// The link that mails the command to leave for `address`, percent-encoded; the answer goes to that address.
std::string unsubscribe_link(const List& list, std::string_view address);

// The same with the member's token behind it, both as marks: it takes the member off without an answer.
std::string signed_unsubscribe_link(const List& list, const spool::PointMarks& marks);

// The lines of a setting as they may stand in a copy that many read, such as the archive's: where copies are personal,
// without those lines that have such a word.
std::vector<std::string> lines_for_all(const List& list, Setting setting);

}  // namespace majlis::lists
