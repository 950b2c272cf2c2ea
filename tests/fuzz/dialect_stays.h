#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

// A text of that dialect that is accepted is written back to the same, there and in a list's own file; else it aborts.
inline void require_dialect_stays(const Dialect& dialect, std::string_view text) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  const ListConfig::Parsed parsed = ListConfig::parse(text, dialect, {});
  if (!parsed.problems.empty()) return require(parsed.config == ListConfig());
  const std::string written = write_in(dialect, parsed.config, "x");
  const ListConfig::Parsed again = ListConfig::parse(written, dialect, parsed.config);
  require(again.problems.empty() && again.config == parsed.config);
  const ListConfig::Parsed own = ListConfig::parse(parsed.config.write());
  require(own.problems.empty() && own.config == parsed.config);
}

}  // namespace majlis::lists
