#pragma once

#include <string_view>

#include "lists/site/config/settings.h"

namespace majlis::lists {

// Whether `one` lets fewer people, or less mail, pass than `other` does. Of settings where that cannot be told: false.
bool is_stricter(Setting setting, std::string_view one, std::string_view other);

}  // namespace majlis::lists
