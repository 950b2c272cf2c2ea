// Any byte string reads as an answer of LISTSERV's about members, and as a list file: no more members than lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foreign/listserv/roster.h"
#include "foreign/source/mbox_source.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  using namespace majlis::foreign;
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  if (read_roster_answer(text, "x").members.size() > lines) std::abort();
  if (read_list_file_members(text, "x", 0).members.size() > lines) std::abort();
  static_cast<void>(is_roster_answer(text));
  static_cast<void>(read_envelope(text));
  return 0;
}
