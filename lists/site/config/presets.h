#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "lists/site/config/list_config.h"

namespace majlis::lists {

// The operating modes of TR08-003.
enum class Preset { announce_only, newsletter, private_discussion, moderated_private_discussion, public_discussion };
constexpr Preset kDefaultPreset = Preset::moderated_private_discussion;

std::string_view name_of(Preset preset);  // "announce-only" ...
std::optional<Preset> find_preset(std::string_view name);
std::span<const Preset> all_presets();
ListConfig config_for(Preset preset);

}  // namespace majlis::lists
