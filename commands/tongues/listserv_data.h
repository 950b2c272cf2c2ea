#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/tongues/listserv_cards.h"
#include "commands/tongues/tongue.h"

namespace majlis::commands {

// Lines between commands ("//NAME DD *"), which belong to their job.

void begin_job(TextReader& text, const ListservLine& card);

// The first of a name is the one that commands take; a second is a request in trouble.
void add_data_set(TextReader& text, const ListservLine& card, std::vector<tongues::Request>& requests);

// The data set of this name, which stands before the command in the same message or behind it in the same job.
std::optional<std::string> data_set(const TextReader& text, std::string_view name);

}  // namespace majlis::commands
