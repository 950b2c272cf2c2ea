#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::spool {

// A value as one word of a job file: blanks, control characters and '%' become %XX, nothing at all becomes "%".
// Octets above 127 stand for themselves.
void append_escaped(std::string& out, std::string_view value);
std::string escaped(std::string_view value);

// nullopt for anything append_escaped cannot have written.
std::optional<std::string> unescaped(std::string_view word);

}  // namespace majlis::spool
