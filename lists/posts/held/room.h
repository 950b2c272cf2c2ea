#pragma once

#include <cstdint>
#include <optional>

#include "lists/effects/ceilings.h"
#include "lists/effects/work.h"

namespace majlis::lists {

// Which ceiling of the list, max_held_posts or max_held_octets, keeps it from holding one more post of `octets`;
// nullopt: there is room.
Result<std::optional<Reached>> ceiling_for_held(Work& work, const List& list, std::uint64_t octets);

}  // namespace majlis::lists
