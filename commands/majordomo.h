#pragma once

#include <string_view>

#include "commands/request.h"

namespace majlis::commands {

// One line in Majordomo's tongue. Pure: every byte string gives a Request, perhaps not_understood. "\ " protects a
// blank inside an argument. A line that begins with '-' is `end` (a signature).
Request read_majordomo(std::string_view line);

}  // namespace majlis::commands
