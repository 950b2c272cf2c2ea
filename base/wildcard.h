#pragma once

#include <string_view>

namespace majlis {

constexpr char kAnything = '*';

// Whether `text` is what `pattern` says, in which '*' stands for anything, also for nothing. Nothing else is special;
// octets are compared as they are. Linear in text and pattern.
bool matches_wildcard(std::string_view pattern, std::string_view text);

}  // namespace majlis
