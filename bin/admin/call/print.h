#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::bin::admin {

// To stdout and stderr as they are. Never while the store is open (base/no_output.h): a pager that waits would stop the
// site; that is a bug and asserts. What could not be written to stdout is found by is_output_complete().
void print(std::string_view text);
void print_error(std::string_view text);
// Flushes stdout; false when any of it was lost (disk full, broken pipe).
bool is_output_complete();

// Text from outside as it may be shown on a terminal: as printable_utf8(), with LF and TAB.
std::string visible(std::string_view text);

// One JSON object on one line, for listings.
class JsonLine {
 public:
  JsonLine& text(std::string_view key, std::string_view value);
  JsonLine& number(std::string_view key, std::int64_t value);
  JsonLine& hundredths(std::string_view key, std::uint32_t value);  // 150 is 1.50
  JsonLine& flag(std::string_view key, bool value);
  JsonLine& texts(std::string_view key, const std::vector<std::string>& values);
  std::string line() const { return "{" + members_ + "}\n"; }

 private:
  JsonLine& raw(std::string_view key, std::string_view value);
  std::string members_;
};

}  // namespace majlis::bin::admin
