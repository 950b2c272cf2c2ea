#include "store/log_files.h"

#include <db_cxx.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace majlis::store {
namespace {

constexpr std::string_view kPrefix = "log.";
constexpr std::size_t kDigits = 10;
// The library syncs a file before it begins the next, so only the newest can have a tail that is not; and the one
// before it, when the newest was begun by a version that relied on that alone.
constexpr std::size_t kFilesWithATail = 2;

thread_local bool closing_quietly = false;

std::optional<std::uint64_t> log_number(std::string_view name) {
  if (!name.starts_with(kPrefix) || name.size() != kPrefix.size() + kDigits) return std::nullopt;
  return parse_number(name.substr(kPrefix.size()));
}

Status sync_log(const std::string& path) {
  Result<UniqueFd> fd = open_file(path, O_RDWR);
  if (!fd) return fd.error().kind == ErrorKind::missing ? Status() : fd.error();
  return sync_file(fd->get(), path);
}

Status sync_log_before(const std::string& directory, std::uint64_t number) {
  if (number <= 1) return {};
  std::string digits = std::to_string(number - 1);
  digits.insert(0, kDigits - digits.size(), '0');
  return sync_log(directory + "/" + std::string(kPrefix) + digits);
}

int sync_descriptor(int fd) { return closing_quietly ? 0 : fdatasync(fd); }

// As open(2), which the library opens every file by.
int open_descriptor(const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const auto mode = static_cast<mode_t>(va_arg(more, int));
  va_end(more);
  const std::string path = name;
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash);
  const std::optional<std::uint64_t> begun =
      (flags & O_CREAT) != 0 ? log_number(std::string_view(path).substr(slash + 1)) : std::nullopt;
  if (!begun) return open(name, flags, mode);
  // The tail of the last file may be that of a process which left quietly, or was killed.
  const bool is_whole = sync_log_before(directory, *begun).ok();
  UniqueFd fd(is_whole ? open(name, flags, mode) : -1);
  // Nothing may come into the tree that a file without a name would have to undo.
  if (fd.is_open() && sync_directory(directory)) return fd.release();
  if (is_whole && !fd.is_open()) return -1;
  errno = EIO;
  return -1;
}

}  // namespace

void keep_log_files_in_order() {
  db_env_set_func_fsync(sync_descriptor);
  db_env_set_func_open(open_descriptor);
}

Status sync_newest_log_files(const std::string& directory) {
  Result<std::vector<std::string>> names = list_directory(directory);
  if (!names) return names.error();
  std::erase_if(*names, [](const std::string& name) { return !log_number(name); });
  const std::size_t first = names->size() - std::min(names->size(), kFilesWithATail);
  for (std::size_t i = first; i < names->size(); ++i) {
    if (Status synced = sync_log(directory + "/" + (*names)[i]); !synced) return synced;
  }
  return sync_directory(directory);
}

Status remove_log_files(const std::string& directory) {
  Result<std::vector<std::string>> names = list_directory(directory);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const std::string path = directory + "/" + name;
    if (log_number(name) && unlink(path.c_str()) != 0) return error_from_errno("store: remove " + path, errno);
  }
  return sync_directory(directory);
}

QuietClosing::QuietClosing() { closing_quietly = true; }
QuietClosing::~QuietClosing() { closing_quietly = false; }

}  // namespace majlis::store
