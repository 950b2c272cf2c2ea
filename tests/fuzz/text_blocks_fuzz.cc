// Whatever text comes: the blocks in it are apart, in order, and within it; without them there are none.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mail/content/text_blocks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t at = 0;
  for (const majlis::mail::TextBlock& block : majlis::mail::find_text_blocks(text)) {
    assert(block.begin >= at && block.end > block.begin && block.end <= size);
    at = block.end;
  }
  return 0;
}
