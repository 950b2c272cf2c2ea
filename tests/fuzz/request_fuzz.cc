#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "commands/tongues/tongues.h"

namespace {

constexpr std::size_t kMaxCommands = 25;

void read_in(const majlis::commands::Tongue& tongue, const majlis::commands::Tongue* besides, std::string_view text,
             const majlis::commands::ListWordOf& list_word_of) {
  const auto requests = tongue.read(text, kMaxCommands, list_word_of, besides);
  if (requests.size() > kMaxCommands) std::abort();
  for (const majlis::tongues::Request& request : requests) {
    if (request.echo.size() > 1000 || !majlis::is_valid_utf8(request.echo)) std::abort();
    for (const char c : request.echo) {
      if ((c >= 0 && c < ' ') || c == 0x7F) std::abort();
    }
  }
}

}  // namespace

// In every tongue, at its own address and at a list's, every byte string is some list of requests; what is echoed is
// short, printable, and one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using majlis::commands::ListWord;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const majlis::commands::Tongue* tongue : majlis::commands::all_tongues()) {
    read_in(*tongue, nullptr, text,
            [](std::string_view word) { return word == "cooks" ? ListWord::known : ListWord::unknown; });
    read_in(*tongue, majlis::commands::tongue_besides(*tongue), text,
            [](std::string_view word) { return word == "cooks" ? ListWord::known : ListWord::none; });
  }
  return 0;
}
