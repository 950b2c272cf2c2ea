// Any byte string reads as LISTSERV's list header; what is accepted is written back to the same, there and in a list's
// own file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"

namespace {

using majlis::lists::ListConfig;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const auto& header = majlis::lists::listserv();
  const ListConfig::Parsed parsed = ListConfig::parse(text, header, {});
  if (!parsed.problems.empty()) {
    require(parsed.config == ListConfig());
    return 0;
  }
  const std::string written = majlis::lists::write_in(header, parsed.config, "x");
  const ListConfig::Parsed again = ListConfig::parse(written, header, parsed.config);
  require(again.problems.empty() && again.config == parsed.config);
  const ListConfig::Parsed own = ListConfig::parse(parsed.config.write());
  require(own.problems.empty() && own.config == parsed.config);
  return 0;
}
