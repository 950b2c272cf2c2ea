#include "bin/admin/call/print.h"

#include <algorithm>
#include <cassert>
#include <cstdio>

#include "base/no_output.h"
#include "base/text.h"

namespace majlis::bin::admin {

void print(std::string_view text) {
  assert(!NoOutput::is_in_force());
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_error(std::string_view text) {
  assert(!NoOutput::is_in_force());
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool is_output_complete() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

std::string visible(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
    shown += printable_utf8(text.substr(0, end), end);
    if (end < text.size()) shown += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return shown;
}

JsonLine& JsonLine::raw(std::string_view key, std::string_view value) {
  if (!members_.empty()) members_ += ", ";
  members_ += json_string(key) + ": ";
  members_ += value;
  return *this;
}

JsonLine& JsonLine::text(std::string_view key, std::string_view value) { return raw(key, json_string(value)); }
JsonLine& JsonLine::number(std::string_view key, std::int64_t value) { return raw(key, std::to_string(value)); }
JsonLine& JsonLine::hundredths(std::string_view key, std::uint32_t value) {
  const std::string rest = std::to_string(value % 100);
  return raw(key, std::to_string(value / 100) + (rest.size() < 2 ? ".0" : ".") + rest);
}

JsonLine& JsonLine::flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }

JsonLine& JsonLine::texts(std::string_view key, const std::vector<std::string>& values) {
  std::string array;
  for (const std::string& value : values) array += (array.empty() ? "" : ", ") + json_string(value);
  return raw(key, "[" + array + "]");
}

}  // namespace majlis::bin::admin
