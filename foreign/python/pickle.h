#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "foreign/python/value.h"

namespace majlis::foreign {

// A file of Mailman's, read: the value points into `storage` and into the octets of the file, which the caller keeps.
struct Pickle {
  PythonValue value = {};
  PythonStorage storage = {};
};

// A pickle of protocol 0, 1 or 2, as Python 2 writes them. Nothing is called and nothing imported: instances are their
// class's name and their state, of the classes that Mailman's files hold (pickle_names.h). Errors (refused) name opcode
// and offset: an opcode outside the list of pickle_opcodes.cc, another class or function, a stack or memo that does not
// fit, a value that holds itself, what is more than 64 deep or has too many values, octets behind the end.
//
// Time and memory are linear in the octets, of which there are at most kMaxPickleOctets. Octets that are str in Python
// point into `octets`.
Result<Pickle> read_pickle(std::string_view octets);

inline constexpr std::size_t kMaxPickleOctets = std::size_t{1} << 30U;

}  // namespace majlis::foreign
