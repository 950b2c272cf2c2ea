#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::mail {

// One entry of an mbox file as write_mbox_entry() wrote it.
struct MboxEntry {
  std::uint64_t offset = 0;  // of its "From " line
  std::uint64_t octets = 0;  // with that line and the empty one behind it
  std::string head;          // its beginning, at most kMaxMboxHeadOctets: the header, as a rule

  // False: octets that are no entry, up to where the next one begins.
  bool is_entry() const { return head.starts_with("From "); }
};

constexpr std::size_t kMaxMboxHeadOctets = 64 * 1024;

// Reads a part of an mbox file entry by entry, whatever their size, in a window of bounded size.
class MboxReader {
 public:
  // From octet `begin` to `end`; `fd` must outlive the reader.
  MboxReader(int fd, std::string name, std::uint64_t begin, std::uint64_t end, std::size_t window_octets = 256 * 1024);

  // nullopt at the end; damaged when the file ends too soon.
  Result<std::optional<MboxEntry>> next();

 private:
  Result<std::string_view> view_from(std::uint64_t at);

  int fd_;
  std::string name_;
  std::uint64_t at_;
  std::uint64_t end_;
  std::size_t window_octets_;
  std::string window_;
  std::uint64_t window_begin_ = 0;
};

// When the entry was received, by its "From " line: "2026-11-24T00:12:01Z"; "" when that line is none of ours.
std::string received_time_of(std::string_view entry_head);

}  // namespace majlis::mail
