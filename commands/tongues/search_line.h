#pragma once

#include <string>
#include <vector>

#include "commands/tongues/echo.h"

namespace majlis::commands {

// The words behind `search`, the list in front: "rice IN cooks SINCE 2026-01-01" as "cooks rice SINCE 2026-01-01". What
// names no list in that place is looked for.
std::vector<std::string> list_in_front(std::vector<std::string> words, const ListWordOf& list_word_of);

}  // namespace majlis::commands
