#include "lists/site/text/fill_in.h"

namespace majlis::lists {

std::string fill_in(std::string_view text, const TextValues& values) {
  std::string out;
  while (!text.empty()) {
    const std::size_t start = text.find("${");
    const std::size_t end = start == std::string_view::npos ? start : text.find('}', start);
    if (end == std::string_view::npos) break;
    out += text.substr(0, start);
    const auto value = values.find(text.substr(start + 2, end - start - 2));
    out += value == values.end() ? text.substr(start, end + 1 - start) : std::string_view(value->second);
    text.remove_prefix(end + 1);
  }
  out += text;
  return out;
}

}  // namespace majlis::lists
