#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace majlis {

// Owns a file descriptor and closes it. close() errors are ignored here: whoever needs durability calls sync_file
// first.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd();

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  int release();
  void reset();

 private:
  int fd_ = -1;
};

// A regular file (O_DIRECTORY: a directory), O_CLOEXEC | O_NOFOLLOW; a pipe is misconfigured, not waited for.
Result<UniqueFd> open_file(const std::string& path, int flags, mode_t mode = 0600);

// Reads to the end. More than `max_bytes` is an Error of kind refused; nothing is truncated silently.
Result<std::string> read_all(int fd, std::size_t max_bytes, std::string_view name);
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

// Writes every byte, through EINTR and short writes.
Status write_all(int fd, std::string_view bytes, std::string_view name);
Status write_all_at(int fd, std::string_view bytes, std::uint64_t offset, std::string_view name);

Status sync_file(int fd, std::string_view name);

// Writes behind the first `length` octets of a file and syncs it; what an interrupted run left behind them is cut off.
// For files whose length is remembered elsewhere. One that somebody has made shorter goes on at its end: no octets are
// made up. Creates the file (mode 0600) when missing.
class FileAppend {
 public:
  static Result<FileAppend> open(const std::string& path, std::uint64_t length);

  void put(std::string_view bytes);  // gathered to large writes; the first error is finish()'s
  Status finish();                   // once: all is on the disk, or the error
  std::uint64_t end() const { return at_ + waiting_.size(); }

 private:
  FileAppend(UniqueFd fd, std::string path, std::uint64_t length)
      : fd_(std::move(fd)), path_(std::move(path)), is_new_(length == 0), at_(length) {}
  void write(std::string_view bytes);

  UniqueFd fd_;
  std::string path_;
  bool is_new_;
  std::uint64_t at_;
  std::string waiting_;
  Status status_;
};

// Makes names in `directory` (created, renamed, removed) survive a power cut: fsync() of a file says nothing about its
// name.
Status sync_directory(const std::string& directory);

// Replaces `path` by a file with these bytes, or leaves it as it was: temporary beside it, fsync, rename, directory
// sync. After ok the new content survives a power cut.
Status replace_file(const std::string& path, std::string_view bytes, mode_t mode);

// As replace_file, but an existing `path` is an Error of kind refused and is left alone.
Status create_file(const std::string& path, std::string_view bytes, mode_t mode);

Status make_directory(const std::string& path, mode_t mode);               // existing is ok
Status make_directories(const std::string& path, mode_t mode);             // with parents
Result<std::vector<std::string>> list_directory(const std::string& path);  // sorted, without . and ..
bool path_exists(const std::string& path);

// An flock(2) on a file of its own, released when this goes out of scope or the process dies.
class FileLock {
 public:
  enum class Mode { shared, exclusive };

  // Creates the file (mode 0600) when missing. Waits at most `timeout_ms`; then an Error of kind again.
  static Result<FileLock> acquire(const std::string& path, Mode mode, int timeout_ms);
  // nullopt when somebody else holds it.
  static Result<std::optional<FileLock>> try_acquire(const std::string& path, Mode mode);

  int fd() const { return fd_.get(); }

 private:
  explicit FileLock(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace majlis
