#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/no_output.h"
#include "base/result.h"

// The lock file of a site's database, db/env.lock, and the mark in it.
//
// The mark says how the last writer left: cleanly, in this run of the kernel, with this very database file. Then what
// the kernel holds of the file is whole, although not all of it need be on the disk yet. Anything else (killed, power
// cut, restored from elsewhere, unreadable) means that the log must be replayed before anybody reads. Where the kernel
// does not tell its runs apart (no /proc, or only processes in it) a mark is good for the process that made it alone.
namespace majlis::store {

constexpr const char* kTreeFile = "site.db";
constexpr const char* kLockFile = "env.lock";

struct CleanMark {
  std::uint32_t transactions = 0;  // numbers given to transactions since the last checkpoint
  std::uint32_t synced_log = 0;    // newest log file whose name is known to be on the disk
};

// Whether this process can tell one run of the machine from another (/proc/sys/kernel/random/boot_id). One that cannot
// believes nobody else's mark that the files are whole: its openings replay the log first, which is right but slower.
bool can_tell_restarts();

class SiteLock {
 public:
  // `missing` when the directory is not there, `misconfigured` when it holds a DB_CONFIG: that file would silently
  // override what is set here.
  static Result<SiteLock> acquire(const std::string& directory, FileLock::Mode mode, int timeout_ms);

  const std::string& directory() const { return directory_; }
  std::string tree_path() const { return directory_ + "/" + kTreeFile; }

  // nullopt: recover first.
  std::optional<CleanMark> clean_mark() const;
  Status mark_dirty();
  Status mark_clean(const CleanMark& mark);

 private:
  SiteLock(std::string directory, FileLock lock) : directory_(std::move(directory)), lock_(std::move(lock)) {}

  std::string directory_;
  FileLock lock_;
  NoOutput no_output_;  // mail waits for this lock
};

}  // namespace majlis::store
