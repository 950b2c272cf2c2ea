#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::spool {

// A name that may become part of a path: 32 lower-case hex digits (the incoming message's fingerprint), '.', up to 4
// digits.
bool is_staged_name(std::string_view name);
std::string staged_name(std::string_view fingerprint, unsigned number);  // fingerprint: 16 octets
Error not_a_staged_name(std::string_view name);

}  // namespace majlis::spool
