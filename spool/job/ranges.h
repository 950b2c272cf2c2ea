#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::spool {

struct IndexRange {
  std::uint64_t from = 0;
  std::uint64_t to = 0;  // included
};

// "0-9,12": what a progress record is about. Indexes are appended in ascending order.
class RangeText {
 public:
  void add(std::uint64_t index);
  bool is_empty() const { return !open_; }
  std::string text() const;

 private:
  void write_open(std::string& out) const;
  std::string written_;
  std::optional<IndexRange> open_;
};

// nullopt unless the ranges are well formed and ascending.
std::optional<std::vector<IndexRange>> parse_ranges(std::string_view text);

}  // namespace majlis::spool
