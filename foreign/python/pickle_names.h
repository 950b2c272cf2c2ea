#pragma once

#include <string_view>

namespace majlis::foreign {

enum class PickleName {
  foreign,        // refused
  data_class,     // its instances are kept as data
  reconstructor,  // copy_reg._reconstructor: an instance of a class of Python 3
  object,         // __builtin__.object, in its arguments
  encode,         // _codecs.encode: octets that Python 3 wrote for Python 2
};

// What "module.name" of a GLOBAL or INST is: the list of what Mailman 2.1's files name.
PickleName pickle_name(std::string_view dotted);

}  // namespace majlis::foreign
