#pragma once

#include <string>
#include <vector>

#include "lists/site/list.h"
#include "mail/message.h"
#include "spool/job/points.h"

namespace majlis::lists {

// A post for a list with `personalize`: as transformed() makes it, with points where each member's copy has something
// of its own. Only words of the list's own texts and fields become points, never what the author wrote. No points: the
// post is the same for all.
spool::PointedText personalised(const List& list, const mail::Message& message);

}  // namespace majlis::lists
