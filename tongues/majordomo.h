#pragma once

#include "tongues/dialect.h"

namespace majlis::tongues {

// Majordomo 1.94.
extern const Dialect kMajordomo;

}  // namespace majlis::tongues
