// Any byte string reads as a majordomo.cf and as an alias file; nothing grows beyond what was there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "foreign/majordomo/aliases.h"
#include "foreign/majordomo/site_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  using namespace majlis::foreign;
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const SiteFile site = read_site_file(text, "majordomo.cf", "/home");
  for (const Finding& finding : site.findings) {
    if (finding.what.empty() || (finding.fate != Fate::carried && finding.why.empty())) std::abort();
  }
  Aliases aliases;
  aliases.add(text);
  for (const auto& [name, targets] : aliases.all()) static_cast<void>(aliases.addresses_behind(name, "example.org"));
  static_cast<void>(resend_calls(aliases));
  static_cast<void>(archive_place(aliases, "cooks"));
  return 0;
}
