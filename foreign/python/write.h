#pragma once

#include <string>

#include "foreign/python/value.h"

namespace majlis::foreign {

// A value, at most 64 deep, as Python 2's repr() writes it: one line of ASCII, which LiteralReader reads as the same
// value, but for an instance, of which it makes None, and a number that is none or infinite, which it refuses.
std::string write_literal(const PythonValue& value);

}  // namespace majlis::foreign
