#pragma once

#include <string>

#include "foreign/python/value.h"

namespace majlis::foreign {

// A value as Python 2's repr() writes it: one line of ASCII, which LiteralReader reads as the same value. No instance
// and no number that is none or infinite stands in it, and it is at most 64 deep.
bool is_literal(const PythonValue& value);  // whether that is so
std::string write_literal(const PythonValue& value);

}  // namespace majlis::foreign
