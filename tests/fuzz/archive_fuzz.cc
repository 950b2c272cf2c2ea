// Whatever octets come as a file: looking into it ends within its ceilings.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mail/content/inspection.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const majlis::mail::Inspection found = majlis::mail::Inspector().inspect(octets);
  assert(!found.kinds.empty());
  // Macros and script are noted beside the files.
  assert(found.holdings.size() <= majlis::mail::Inspector::kMaxHoldings);
  return 0;
}
