#pragma once

#include <string>
#include <vector>

#include "commands/tongues/echo.h"
#include "commands/tongues/listserv_line.h"
#include "tongues/request.h"

namespace majlis::commands {

// Readers of what owners write to LISTSERV.

// ADD [LIST] ADDRESS [NAME], ADD [LIST] ADDRESS (NAME), ADD [LIST] NAME <ADDRESS>, ADD [LIST] DD=NAME [IMPORT
// [PRELOAD]]
void read_add(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

// DELETE [LIST] ADDRESS | PATTERN [(TEST], DELETE [LIST] DD=NAME
void read_delete(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

// CHANGE [LIST | *] NEW, CHANGE [LIST] OLD NEW
void read_change(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

// MOVE [LIST] ADDRESS [TO] LIST
void read_move(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

// Takes "FOR WHOM" off the words: an address, a person, or a pattern. false: more stands there, and the request is in
// trouble.
bool take_about(tongues::Request& request, std::vector<std::string>& words);

// HOLD [LIST], FREE [LIST], STATS [LIST]: nothing stands behind it.
void read_list_alone(tongues::Request& request, const ListservWords& line, const ListWordOf& list_word_of);

}  // namespace majlis::commands
