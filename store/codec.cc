#include "store/codec.h"

namespace majlis::store {
namespace {

constexpr unsigned kVarintBits = 7;
constexpr std::uint64_t kVarintMask = 0x7F;
constexpr unsigned char kVarintMore = 0x80;
constexpr unsigned kMaxShift = 63;

}  // namespace

RowWriter& RowWriter::number(std::uint64_t value) {
  while (value > kVarintMask) {
    row_ += static_cast<char>((value & kVarintMask) | kVarintMore);
    value >>= kVarintBits;
  }
  row_ += static_cast<char>(value);
  return *this;
}

RowWriter& RowWriter::time(UnixTime value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return number(value < 0 ? ~(bits << 1U) : bits << 1U);
}

RowWriter& RowWriter::text(std::string_view value) {
  number(value.size());
  row_ += value;
  return *this;
}

RowReader::RowReader(std::string_view row, std::uint8_t known_version, std::string_view what)
    : rest_(row), what_(what) {
  if (rest_.empty()) {
    fail("empty");
    return;
  }
  version_ = static_cast<unsigned char>(rest_.front());
  rest_.remove_prefix(1);
  if (version_ != known_version) fail("written by a version of this program that is not known here");
}

std::uint64_t RowReader::number() {
  const bool is_one_octet = ok() && !rest_.empty() && (static_cast<unsigned char>(rest_.front()) & kVarintMore) == 0;
  if (is_one_octet) {
    const auto octet = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return octet;
  }
  std::uint64_t value = 0;
  for (unsigned shift = 0; ok(); shift += kVarintBits) {
    if (rest_.empty()) {
      fail("cut short");
      break;
    }
    const auto octet = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    // The tenth octet holds the one bit that is left of 64.
    if (shift == kMaxShift && octet > 1) {
      fail("number out of range");
      break;
    }
    value |= (octet & kVarintMask) << shift;
    if ((octet & kVarintMore) == 0) return value;
  }
  return 0;
}

std::uint32_t RowReader::small_number() {
  const std::uint64_t value = number();
  if (value <= UINT32_MAX) return static_cast<std::uint32_t>(value);
  fail("number out of range");
  return 0;
}

UnixTime RowReader::time() {
  const std::uint64_t bits = number();
  return static_cast<UnixTime>((bits & 1U) != 0 ? ~(bits >> 1U) : bits >> 1U);
}

std::string_view RowReader::text() {
  const std::uint64_t length = number();
  if (!ok()) return {};
  if (length > rest_.size()) {
    fail("cut short");
    return {};
  }
  const std::string_view value = rest_.substr(0, static_cast<std::size_t>(length));
  rest_.remove_prefix(static_cast<std::size_t>(length));
  return value;
}

std::size_t RowReader::count(std::size_t max) {
  const std::uint64_t items = number();
  if (items <= max && items <= rest_.size()) return static_cast<std::size_t>(items);
  fail("more items than there can be");
  return 0;
}

void RowReader::fail(const char* why) {
  if (problem_ == nullptr) problem_ = why;
}

Status RowReader::finish() {
  if (ok() && !rest_.empty()) fail("octets left over");
  if (!ok()) return error();
  return {};
}

Error RowReader::error() const {
  return Error{ErrorKind::damaged, "store: read " + std::string(what_) + " row (version " + std::to_string(version_) +
                                       "): " + (problem_ != nullptr ? problem_ : "malformed")};
}

}  // namespace majlis::store
