#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

// The octets of one row's value: a version octet, then fields in a fixed order. A number is a varint (7 bits an octet,
// lowest first, at most 10 octets), a time a zigzag varint, a text its length and its octets.
namespace majlis::store {

class RowWriter {
 public:
  explicit RowWriter(std::uint8_t version) { row_ += static_cast<char>(version); }

  RowWriter& number(std::uint64_t value);
  RowWriter& time(UnixTime value);
  RowWriter& text(std::string_view value);
  std::string take() { return std::move(row_); }

 private:
  std::string row_;
};

// Reads what RowWriter wrote. Any octets may be handed in: nothing is read out of bounds. After the first field that
// cannot be read every further one is empty or 0 and finish() fails, so that fields need no check of their own.
class RowReader {
 public:
  // `what` names the row in errors ("member"); it must outlive the reader.
  RowReader(std::string_view row, std::uint8_t known_version, std::string_view what);

  std::uint64_t number();
  std::uint32_t small_number();  // above 32 bits: fails
  UnixTime time();
  std::string_view text();  // points into the row
  // For counts of items of at least one octet: more than the rest can hold fails.
  std::size_t count(std::size_t max);

  void fail(const char* why);
  bool ok() const { return problem_ == nullptr; }
  // `damaged` unless every field was there and nothing is left over.
  Status finish();
  Error error() const;

 private:
  std::string_view rest_;
  std::string_view what_;
  const char* problem_ = nullptr;
  unsigned version_ = 0;
};

}  // namespace majlis::store
