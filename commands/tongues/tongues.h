#pragma once

#include <span>
#include <string_view>

#include "commands/tongues/tongue.h"

namespace majlis::commands {

// All tongues there are.
std::span<const Tongue* const> all_tongues();
// That of a list whose setting `dialect` is this; Majordomo's where there is none.
const Tongue& tongue_named(std::string_view dialect);
// The one whose words are understood besides at the address of a list; nullptr: none's.
const Tongue* tongue_besides(const Tongue& tongue);

}  // namespace majlis::commands
