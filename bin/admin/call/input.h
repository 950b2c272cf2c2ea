#pragma once

#include <string>

#include "base/result.h"

namespace majlis::bin::admin {

// What a person named on the command line: a file, or "-" for standard input. Links are followed: it is the person's
// own name for it, read with the rights of the site's owner.
Result<std::string> read_input(const std::string& name, std::size_t max_octets);

// The first line of standard input, without its line end.
Result<std::string> read_line_from_stdin(std::size_t max_octets);

}  // namespace majlis::bin::admin
