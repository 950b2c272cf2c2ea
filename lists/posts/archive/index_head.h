#pragma once

#include <cstdint>
#include <optional>
#include <string>

// The first line of a month's index (doc/ARCHIVE.md).
namespace majlis::lists {

constexpr std::size_t kIndexHeadOctets = 64;  // of a file, in front of its lines

// What the head of an index file says.
struct IndexHead {
  std::uint64_t octets = 0;    // of the mbox file that are in the index
  std::uint64_t posts = 0;     // and how many posts they are
  std::uint32_t checksum = 0;  // CRC-32C of the lines, then these two numbers
};
// nullopt: there is none, or it cannot be read.
std::optional<IndexHead> read_index_head(const std::string& index_path);

std::string head_line(const IndexHead& head);

}  // namespace majlis::lists
