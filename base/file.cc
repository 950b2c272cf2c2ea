#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "base/temporary_name.h"

namespace majlis {
namespace {

constexpr std::size_t kReadChunk = 32 * 1024;
constexpr std::size_t kAppendChunk = 256 * 1024;
constexpr long kLockPollNanoseconds = 500'000;

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Error file_error(std::string_view action, std::string_view name) {
  const int saved = errno;
  return error_from_errno("base: " + std::string(action) + " " + std::string(name), saved);
}

// Written and synced under a name nobody else uses; the caller renames or links it into place.
Result<std::string> write_beside(const std::string& path, std::string_view bytes, mode_t mode) {
  const std::string temporary = temporary_name(path);
  unlink(temporary.c_str());
  Result<UniqueFd> fd = open_file(temporary, O_WRONLY | O_CREAT | O_EXCL, mode);
  if (!fd) return fd.error();
  Status done = write_all(fd->get(), bytes, temporary);
  if (done) done = sync_file(fd->get(), temporary);
  if (!done) {
    unlink(temporary.c_str());
    return done.error();
  }
  return temporary;
}

int lock_operation(FileLock::Mode mode) { return mode == FileLock::Mode::shared ? LOCK_SH : LOCK_EX; }

}  // namespace

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

UniqueFd::~UniqueFd() { reset(); }

int UniqueFd::release() { return std::exchange(fd_, -1); }

void UniqueFd::reset() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

Result<UniqueFd> open_file(const std::string& path, int flags, mode_t mode) {
  UniqueFd fd;
  do {
    // O_NONBLOCK: a named pipe must not stop us before fstat() has seen it. It changes nothing for a regular file.
    fd = UniqueFd(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode));
  } while (!fd.is_open() && errno == EINTR);
  if (!fd.is_open() && errno != ENXIO) return file_error("open", path);
  struct stat status {};
  if (fd.is_open() && fstat(fd.get(), &status) != 0) return file_error("open", path);
  const mode_t wanted = (flags & O_DIRECTORY) != 0 ? S_IFDIR : S_IFREG;
  if (!fd.is_open() || (status.st_mode & S_IFMT) != wanted) {
    return Error{ErrorKind::misconfigured, "base: open " + path + ": not a regular file"};
  }
  return fd;
}

Result<std::string> read_all(int fd, std::size_t max_bytes, std::string_view name) {
  std::string bytes;
  if (struct stat status{}; fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    bytes.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes) + 1);
  }
  // On the stack, and wiped: most files are small, and some are secret.
  std::array<char, kReadChunk> chunk;
  std::size_t touched = 0;
  for (;;) {
    const ssize_t got = read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    const int saved = errno;
    if (got > 0) {
      touched = std::max(touched, static_cast<std::size_t>(got));
      bytes.append(chunk.data(), static_cast<std::size_t>(got));
      if (bytes.size() <= max_bytes) continue;
    }
    explicit_bzero(chunk.data(), touched);
    if (got == 0) return bytes;
    if (got < 0) return error_from_errno("base: read " + std::string(name), saved);
    return Error{ErrorKind::refused,
                 "base: read " + std::string(name) + ": more than " + std::to_string(max_bytes) + " octets"};
  }
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  return read_all(fd->get(), max_bytes, path);
}

Status write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("write", name);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status write_all_at(int fd, std::string_view bytes, std::uint64_t offset, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("write", name);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return {};
}

Status sync_file(int fd, std::string_view name) {
  if (fdatasync(fd) != 0) return file_error("sync", name);
  return {};
}

Result<FileAppend> FileAppend::open(const std::string& path, std::uint64_t length) {
  Result<UniqueFd> fd = open_file(path, O_WRONLY | O_CREAT, 0600);
  if (!fd) return fd.error();
  struct stat status {};
  if (fstat(fd->get(), &status) != 0) return file_error("look at", path);
  const std::uint64_t begin = std::min(length, static_cast<std::uint64_t>(status.st_size));
  if (ftruncate(fd->get(), static_cast<off_t>(begin)) != 0) return file_error("cut", path);
  return FileAppend(std::move(*fd), path, begin);
}

void FileAppend::write(std::string_view bytes) {
  if (status_) status_ = write_all_at(fd_.get(), bytes, at_, path_);
  at_ += bytes.size();
}

void FileAppend::put(std::string_view bytes) {
  if (waiting_.size() + bytes.size() <= kAppendChunk) {
    waiting_ += bytes;
    return;
  }
  write(waiting_);
  waiting_.clear();
  if (bytes.size() > kAppendChunk) {
    write(bytes);
  } else {
    waiting_ = bytes;
  }
}

Status FileAppend::finish() {
  write(waiting_);
  waiting_.clear();
  if (status_) status_ = sync_file(fd_.get(), path_);
  if (!status_ || !is_new_) return status_;
  const std::string directory = directory_of(path_);
  Status synced = sync_directory(directory);
  return synced ? sync_directory(directory_of(directory)) : synced;
}

Status sync_directory(const std::string& directory) {
  Result<UniqueFd> fd = open_file(directory, O_RDONLY | O_DIRECTORY);
  if (!fd) return fd.error();
  if (fsync(fd->get()) != 0) return file_error("sync", directory);
  return {};
}

Status replace_file(const std::string& path, std::string_view bytes, mode_t mode) {
  Result<std::string> temporary = write_beside(path, bytes, mode);
  if (!temporary) return temporary.error();
  if (rename(temporary->c_str(), path.c_str()) != 0) {
    const Error error = file_error("rename to", path);
    unlink(temporary->c_str());
    return error;
  }
  return sync_directory(directory_of(path));
}

Status create_file(const std::string& path, std::string_view bytes, mode_t mode) {
  Result<std::string> temporary = write_beside(path, bytes, mode);
  if (!temporary) return temporary.error();
  // link() and not rename(): an existing name must fail.
  const int linked = link(temporary->c_str(), path.c_str());
  const int saved = errno;
  unlink(temporary->c_str());
  if (linked != 0 && saved == EEXIST) return Error{ErrorKind::refused, "base: create " + path + ": it exists already"};
  if (linked != 0) return error_from_errno("base: create " + path, saved);
  return sync_directory(directory_of(path));
}

Status make_directory(const std::string& path, mode_t mode) {
  if (mkdir(path.c_str(), mode) == 0) return sync_directory(directory_of(path));
  if (errno != EEXIST) return file_error("make directory", path);
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return file_error("make directory", path);
  if (!S_ISDIR(status.st_mode)) {
    return Error{ErrorKind::misconfigured, "base: make directory " + path + ": something else has that name"};
  }
  return {};
}

Status make_directories(const std::string& path, mode_t mode) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    Status made = make_directory(path.substr(0, slash), mode);
    if (!made) return made;
  }
  return make_directory(path, mode);
}

Result<std::vector<std::string>> list_directory(const std::string& path) {
  DIR* directory = opendir(path.c_str());
  if (directory == nullptr) return file_error("list", path);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  const int failed = errno;
  closedir(directory);
  if (failed != 0) {
    errno = failed;
    return file_error("list", path);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool path_exists(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

Result<std::optional<FileLock>> FileLock::try_acquire(const std::string& path, Mode mode) {
  Result<UniqueFd> fd = open_file(path, O_RDWR | O_CREAT, 0600);
  if (!fd) return fd.error();
  if (flock(fd->get(), lock_operation(mode) | LOCK_NB) == 0) return std::optional<FileLock>(FileLock(std::move(*fd)));
  if (errno == EWOULDBLOCK || errno == EINTR) return std::optional<FileLock>();
  return file_error("lock", path);
}

Result<FileLock> FileLock::acquire(const std::string& path, Mode mode, int timeout_ms) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  Result<UniqueFd> fd = open_file(path, O_RDWR | O_CREAT, 0600);
  if (!fd) return fd.error();
  for (;;) {
    if (flock(fd->get(), lock_operation(mode) | LOCK_NB) == 0) return FileLock(std::move(*fd));
    if (errno != EWOULDBLOCK && errno != EINTR) return file_error("lock", path);
    if (std::chrono::steady_clock::now() >= deadline) {
      return Error{ErrorKind::again,
                   "base: lock " + path + ": held by another process for " + std::to_string(timeout_ms) + " ms"};
    }
    const timespec pause{0, kLockPollNanoseconds};
    nanosleep(&pause, nullptr);
  }
}

}  // namespace majlis
