#pragma once

#include <optional>
#include <string>

#include "base/regex.h"

namespace majlis {

// A text of a few hundred octets for which `pattern` takes longer than it may; nullopt when none was found. The texts
// tried are made from the pattern itself: what leads to a loop of it, then what the loop repeats, over and over, then
// an octet that fits nowhere. `steps_left` bounds the trial; when it does not reach, that is an answer too (empty
// text).
std::optional<std::string> find_hostile_text(const Pattern& pattern, std::uint64_t& steps_left);

}  // namespace majlis
