#include "lists/moving/header_field.h"

#include "base/text.h"

namespace majlis::lists {

std::string header_field(std::string_view message, std::string_view name) {
  while (const auto line = next_line(message)) {
    if (line->empty()) break;
    if (starts_with_ignoring_case(*line, name)) return std::string(trim(line->substr(name.size())));
  }
  return {};
}

}  // namespace majlis::lists
