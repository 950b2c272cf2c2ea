#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"

namespace majlis::lists {

// Whether default_options may name this: an option of a member, or "digest". What they do stands in
// lists/effects/new_member.h.
bool may_be_default(std::string_view name);

// Whether new members cannot begin with both; in default_options the last one counts.
bool defaults_contradict(std::string_view one, std::string_view other);

std::optional<Phrase> fault_in_default_options(std::string_view value);

}  // namespace majlis::lists
