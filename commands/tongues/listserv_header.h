#pragma once

#include <string>
#include <string_view>

#include "commands/reading/command_lines.h"
#include "commands/tongues/echo.h"
#include "commands/tongues/listserv_line.h"
#include "tongues/request.h"

namespace majlis::commands {

// GET [LIST] (HEADER [NOLOCK] [OLD], GET [LIST] (OLD: what was there before is never locked.
void read_get_header(tongues::Request& request, const ListservWords& line);

// Whether a line below PUT may be one of the header: END, another PUT, a card and a signature end it.
bool is_header_line(std::string_view line);
// PUT with "PW=" at its end, and the password alone on the next line, which is read then.
std::string with_password_below(std::string command, CommandLines& lines);

// GET [LIST] MAILTPL, GET [LIST] CHANGELOG: files that are none of the archive. Arguments: the list, if named. False:
// another file.
bool read_get_special(tongues::Request& request, const std::string& file, const ListWordOf& list_word_of);

// PUT [LIST] LIST, PUT LIST.LIST, and the same with MAILTPL; header or templates stand in the lines behind it.
void read_put(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

}  // namespace majlis::commands
