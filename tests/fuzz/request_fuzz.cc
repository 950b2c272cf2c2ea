#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "commands/tongues/majordomo.h"

// Every byte string is some list of requests; what is echoed is short, printable, and one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxCommands = 25;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto requests = majlis::commands::kMajordomo.read(text, kMaxCommands, [](std::string_view word) {
    return word == "cooks" ? majlis::commands::ListWord::known : majlis::commands::ListWord::unknown;
  });
  if (requests.size() > kMaxCommands) std::abort();
  for (const majlis::tongues::Request& request : requests) {
    if (request.echo.size() > 1000 || !majlis::is_valid_utf8(request.echo)) std::abort();
    for (const char c : request.echo) {
      if ((c >= 0 && c < ' ') || c == 0x7F) std::abort();
    }
  }
  return 0;
}
