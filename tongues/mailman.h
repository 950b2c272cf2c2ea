#pragma once

#include "tongues/dialect.h"

namespace majlis::tongues {

// GNU Mailman 2.1, as its members know it: at a list's own addresses, so that no line names a list.
extern const Dialect kMailman;

}  // namespace majlis::tongues
