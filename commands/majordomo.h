#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "commands/request.h"

namespace majlis::commands {

// Whether a word names a list of this site: what is shown of a line with a password in it depends on that.
using NamesAList = std::function<bool(std::string_view word)>;

// One line in Majordomo's tongue. Pure: every byte string gives a Request, perhaps not_understood. "\ " protects a
// blank inside an argument; a verb may be abbreviated. A line that begins with '-' is `end` (a signature), and so are
// the head of a uuencoded file and "From:", above a message quoted without marks. A last word "<<TAG" (three capitals,
// then capitals and digits) announces a text.
Request read_majordomo(std::string_view line, const NamesAList& names_a_list);

// All requests of a message's text, at most `max`, each with the text that belongs to it, up to `end`.
std::vector<Request> read_majordomo_text(std::string_view text, std::size_t max, const NamesAList& names_a_list);

}  // namespace majlis::commands
