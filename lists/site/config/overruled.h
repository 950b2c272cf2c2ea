#pragma once

#include <optional>

#include "base/result.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

// Why a setting that is set has no effect beside the others; nullopt: it has.
std::optional<Phrase> overruled(const ListConfig& config, Setting setting);

}  // namespace majlis::lists
