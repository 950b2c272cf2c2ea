// Whatever octets come: they are refused with the place, or give a value through which one can walk, and which is the
// same when they are read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foreign/python/pickle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto pickle = majlis::foreign::read_pickle(octets);
  if (!pickle) {
    if (pickle.error().kind != majlis::ErrorKind::refused || !pickle.error().what.starts_with("pickle: ")) std::abort();
    return 0;
  }
  const auto again = majlis::foreign::read_pickle(octets);
  if (!again || !same_value(pickle->value, again->value)) std::abort();
  return 0;
}
