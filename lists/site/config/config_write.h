#pragma once

#include <string>
#include <vector>

#include "lists/site/config/codec.h"

namespace majlis::lists {

// Statements as a file, each below its comment; ours behind "#majlis: ", which Majordomo takes for a comment and
// scan_config() does not (config_text.h).
std::string print_statements(const std::vector<Statement>& statements);

}  // namespace majlis::lists
