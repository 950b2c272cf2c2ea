#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "lists/site/texts.h"
#include "tongues/dialect.h"

namespace majlis::lists {

// The tongue of the list's own address for commands, LIST-request.
const tongues::Dialect& dialect_of(const List& list);

// What a letter says of how to decide about what waits, as a tongue spells it: ${decide_lines}, the ${token} in them,
// and the words that answer the letter alone, ${accept} ${reject} ${discard} ${trust} ${ban} ${claim}. `reason_part`:
// the text that stands where a rejection has its reason.
TextValues decide_values(const Work& work, const List& list, const store::PendingItem& item,
                         const tongues::Dialect& dialect, std::string_view reason_part);

// Who has claimed what waits, as a line of the reminder: ${claimed}; "" = nobody has.
std::string claimed_line(const Work& work, const List& list, const store::PendingItem& item);

}  // namespace majlis::lists
