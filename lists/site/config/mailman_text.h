#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/codec.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {

// What "config_list -o" of Mailman 2.1 writes (foreign/python/dump.h), without its meaning: the value of an assignment
// is a literal of Python's, its strings as octets of UTF-8. Lines that are no assignments of literals are problems.
ConfigText scan_mailman(std::string_view text);

// Statements whose values are such literals as a file for "config_list -i".
std::string print_mailman(const std::vector<Statement>& statements);

}  // namespace majlis::lists
