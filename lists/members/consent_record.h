#pragma once

#include <string_view>

#include "lists/effects/work.h"

namespace majlis::lists {

// Keeps how `member` agreed to be a member of the list: now, by this token (canonical), which came back from the
// address `from`. Where an owner decides it stands in the request, and becomes a record with the membership
// (request_decision.h). Nothing where it is banned.
Status record_consent(Work& work, const List& list, const mail::Address& member, std::string_view token,
                      const mail::Address& from);

}  // namespace majlis::lists
