#pragma once

#include "commands/tongues/echo.h"
#include "commands/tongues/listserv_line.h"
#include "tongues/request.h"

namespace majlis::commands {

// REVIEW [LIST] [([SHORT] [BY (FIELD...)]], SCAN [LIST] TEXT
void read_review(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

}  // namespace majlis::commands
