#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace majlis::lists {

// By what a file is known not to have changed.
struct FileMark {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t octets = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  friend bool operator==(const FileMark&, const FileMark&) = default;
};
// nullopt: no regular file is there.
std::optional<FileMark> mark_of_file(const std::string& path);

// Octets of `from` from `begin` on, up to `end` where one is given, to the same place of `to`, which ends there then;
// with its mode and its time. Nothing is synced. The mark of what was read, taken before; nullopt: `from` is gone.
Result<std::optional<FileMark>> copy_file(const std::string& from, const std::string& to, std::uint64_t begin = 0,
                                          std::optional<std::uint64_t> end = std::nullopt);

struct FileSum {
  std::string sha256;
  std::uint64_t octets = 0;
};
// Of what a file holds; syncs it where asked.
enum class Syncing { no, yes };
Result<FileSum> sum_of_file(const std::string& path, Syncing syncing);

}  // namespace majlis::lists
