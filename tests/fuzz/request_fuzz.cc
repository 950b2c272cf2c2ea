#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "commands/majordomo.h"
#include "commands/reader.h"

// Every byte string is some list of requests; what is echoed is short, printable, and one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMaxCommands = 25;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = majlis::commands::command_lines(text, kMaxCommands);
  if (lines.size() > kMaxCommands) std::abort();
  for (const std::string& line : lines) {
    const majlis::commands::Request request = majlis::commands::read_majordomo(line);
    if (request.echo.size() > 300) std::abort();
    for (const char c : request.echo) {
      if (c < ' ' || c > '~') std::abort();
    }
  }
  return 0;
}
