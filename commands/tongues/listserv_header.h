#pragma once

#include "commands/tongues/echo.h"
#include "commands/tongues/listserv_line.h"
#include "tongues/request.h"

namespace majlis::commands {

// GET [LIST] (HEADER [NOLOCK]
void read_get_header(tongues::Request& request, const ListservWords& line);

// PUT [LIST] LIST, PUT LIST.LIST; the header stands in the lines behind it.
void read_put(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

}  // namespace majlis::commands
