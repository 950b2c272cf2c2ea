#pragma once

#include "tongues/dialect.h"

namespace majlis::tongues {

// LISTSERV (L-Soft), as its subscribers and editors know it.
extern const Dialect kListserv;

}  // namespace majlis::tongues
