#pragma once

#include <vector>

#include "base/log.h"

namespace majlis {

// As log() of each, for thousands: a file is opened and written once.
void log_all(Severity severity, const std::vector<LogLine>& lines);

}  // namespace majlis
