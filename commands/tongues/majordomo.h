#pragma once

#include <string_view>
#include <vector>

#include "commands/tongues/echo.h"
#include "tongues/request.h"

namespace majlis::commands {

// One line in Majordomo's tongue. Pure: every byte string gives a Request, perhaps not_understood. "\ " protects a
// blank inside an argument; a verb may be abbreviated. A line that begins with '-' is `end` (a signature), and so are
// the head of a uuencoded file and "From:", above a message quoted without marks. A last word "<<TAG" (three capitals,
// then capitals and digits) announces a text.
Request read_majordomo(std::string_view line, const ListWordOf& list_word_of);

// All requests of a message's text, at most `max`, each with the text that belongs to it, up to `end`.
std::vector<Request> read_majordomo_text(std::string_view text, std::size_t max, const ListWordOf& list_word_of);

}  // namespace majlis::commands
