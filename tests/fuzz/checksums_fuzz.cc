// Whatever a backup's list of checksums holds: it is damaged, or read as what is written again octet by octet, and no
// path leads out of the folder.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lists/upkeep/checksums.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)majlis::lists::read_seal(text);
  const auto sums = majlis::lists::read_checksums(text);
  if (!sums) return 0;
  for (const auto& sum : *sums) assert(!sum.path.empty() && sum.path.front() != '/' && !sum.path.starts_with("../"));
  const auto again = majlis::lists::read_checksums(majlis::lists::checksums_text(*sums));
  assert(again && again->size() == sums->size());
  for (std::size_t i = 0; i < sums->size(); ++i) assert((*again)[i].path == (*sums)[i].path);
  return 0;
}
