#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace majlis::lists {

// What default_options may name: options of a member, as `set` takes them, with which somebody may begin whom nobody
// in charge has looked at. What they do stands in lists/effects/default_options.h.
std::span<const std::string_view> default_option_names();

std::optional<Phrase> fault_in_default_options(std::string_view value);

}  // namespace majlis::lists
