#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

// Why a setting that asks for something else than its default has no effect beside the others, and what changes that;
// nullopt: it has, or asks for nothing.
std::optional<Phrase> overruled(const ListConfig& config, Setting setting);

// Those of which that is true now and that were changed, or that lost by the change.
std::vector<Setting> newly_overruled(const ListConfig& before, const ListConfig& now);

}  // namespace majlis::lists
