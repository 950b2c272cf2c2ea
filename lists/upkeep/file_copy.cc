#include "lists/upkeep/file_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "mail/authentication/sha256.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::int64_t kNanoseconds = 1'000'000'000;
constexpr mode_t kRights = 07777;

FileMark mark_in(const struct stat& status) {
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
          status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec,
          status.st_ctim.tv_sec * kNanoseconds + status.st_ctim.tv_nsec};
}

Error failed(const char* action, const std::string& path) {
  return error_from_errno("lists: " + std::string(action) + " " + path, errno);
}

// Up to `end`, or to where the file ends before that.
Status copy_octets(int from, int to, std::uint64_t begin, std::uint64_t end, const std::string& source,
                   const std::string& target) {
  std::vector<char> chunk(kChunk);
  for (std::uint64_t at = begin; at < end;) {
    const std::size_t wanted = std::min<std::uint64_t>(chunk.size(), end - at);
    const ssize_t got = pread(from, chunk.data(), wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", source);
    if (got == 0) return {};
    Status written = write_all_at(to, {chunk.data(), static_cast<std::size_t>(got)}, at, target);
    if (!written) return written;
    at += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace

std::optional<FileMark> mark_of_file(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return mark_in(status);
}

Result<std::optional<FileMark>> copy_file(const std::string& from, const std::string& to, std::uint64_t begin,
                                          std::optional<std::uint64_t> end) {
  const Result<UniqueFd> source = open_file(from, O_RDONLY);
  if (!source && source.error().kind == ErrorKind::missing) return std::optional<FileMark>();
  if (!source) return source.error();
  struct stat status {};
  if (fstat(source->get(), &status) != 0) return failed("look at", from);
  // A copy that is made again may have the rights of a file that nobody writes.
  if (chmod(to.c_str(), 0600) != 0 && errno != ENOENT) return failed("make writable", to);
  const Result<UniqueFd> copy = open_file(to, O_WRONLY | O_CREAT, 0600);
  if (!copy) return copy.error();
  if (ftruncate(copy->get(), static_cast<off_t>(begin)) != 0) return failed("cut", to);
  Status done = copy_octets(source->get(), copy->get(), begin, end.value_or(UINT64_MAX), from, to);
  if (!done) return done.error();
  const std::array<timespec, 2> times = {status.st_atim, status.st_mtim};
  if (fchmod(copy->get(), status.st_mode & kRights) != 0 || futimens(copy->get(), times.data()) != 0) {
    return failed("give its rights to", to);
  }
  return std::optional(mark_in(status));
}

Result<FileSum> sum_of_file(const std::string& path, Syncing syncing) {
  const Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  if (syncing == Syncing::yes) {
    if (Status synced = sync_file(fd->get(), path); !synced) return synced.error();
  }
  FileSum sum;
  mail::Sha256 hash;
  std::vector<char> chunk(kChunk);
  for (;;) {
    const ssize_t got = read(fd->get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path);
    if (got == 0) break;
    hash.add({chunk.data(), static_cast<std::size_t>(got)});
    sum.octets += static_cast<std::uint64_t>(got);
  }
  sum.sha256 = hex(hash.digest());
  return sum;
}

}  // namespace majlis::lists
