#pragma once

#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"

namespace majlis::lists {

// The line in the log that every change of a membership by mail leaves: by which command, of which list, whose.
void log_member(Work& work, const List& list, std::string_view command, const mail::Address& address);

}  // namespace majlis::lists
