// Any byte string reads as LISTSERV's list header; what is accepted is written back to the same, there and in a list's
// own file.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/dialect_stays.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  majlis::lists::require_dialect_stays(majlis::lists::listserv(), {reinterpret_cast<const char*>(bytes), count});
  return 0;
}
