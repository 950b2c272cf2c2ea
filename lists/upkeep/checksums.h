#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

// What tells whether a backup is whole: `SHA256SUMS`, a line for each file as sha256sum(1) writes and checks it, and
// `majlis-backup`, which is written last and says how many files there are and what the sum of `SHA256SUMS` is.
namespace majlis::lists {

constexpr const char* kChecksumsFile = "SHA256SUMS";
constexpr const char* kBackupFile = "majlis-backup";
constexpr const char* kBackupLock = "lock";  // empty; left over only where a run was killed last of all

struct Checksum {
  std::string path;  // relative to the backup, without a step upwards
  std::string sha256;
};

std::string checksums_text(const std::vector<Checksum>& sums);
// damaged, with the line, where it is not what checksums_text() writes.
Result<std::vector<Checksum>> read_checksums(std::string_view text);

struct BackupSeal {
  UnixTime made = 0;
  std::uint64_t files = 0;
  std::uint64_t octets = 0;
  std::string checksums;  // the SHA-256 of `SHA256SUMS`
};
std::string seal_text(const BackupSeal& seal);
Result<BackupSeal> read_seal(std::string_view text);

}  // namespace majlis::lists
