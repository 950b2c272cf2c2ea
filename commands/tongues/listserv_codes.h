#pragma once

#include <string>
#include <vector>

#include "commands/reading/command_lines.h"
#include "commands/tongues/echo.h"
#include "tongues/request.h"

namespace majlis::commands {

// Readers of what confirms and decides, and of passwords. `words`: the arguments.

// OK [CODE], OK REJECT CODE [REASON], OK DISCARD CODE ... Rejected without a reason: nobody is told.
void read_ok(tongues::Request& request, const std::vector<std::string>& words);

// "OK CODE" that a mail program broke, within the code or in front of it, with the rest of the code on the next lines:
// they are read then. Any other command as it is.
std::string with_code_below(std::string command, CommandLines& lines);

// The reason that stands below OK REJECT CODE, up to what is a command or ends the text: it is read then, and belongs
// to the request. A word or two that stand apart are a name.
void take_reason_below(tongues::Request& request, CommandLines& lines, const ListWordOf& list_word_of);

// PW ADD NEW, PW CHANGE NEW, PW REP NEW, PW RESET
void read_pw(tongues::Request& request, const std::vector<std::string>& words);

}  // namespace majlis::commands
