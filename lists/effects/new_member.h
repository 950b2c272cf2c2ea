#pragma once

#include <cstdint>

#include "lists/site/config/list_config.h"

namespace majlis::lists {

// What new members begin with (default_options, ack_new_members): store::MemberFlag bits.
std::uint32_t flags_of_new_member(const ListConfig& config);

}  // namespace majlis::lists
