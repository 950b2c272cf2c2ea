#include "spool/job/staging.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "spool/job/staged_name.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxOpenFiles = 64;

}  // namespace

Status Staging::add(std::string_view name, std::string_view bytes, std::string_view more) {
  if (!is_staged_name(name)) return not_a_staged_name(name);
  if (files_.size() == kMaxOpenFiles) {
    if (Status synced = sync_files(); !synced) return synced;
  }
  const std::string path = directory_ + "/" + std::string(name);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return error_from_errno("spool: replace " + path, errno);
  Result<UniqueFd> fd = open_file(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!fd) return fd.error();
  is_empty_ = false;
  Status written = write_all(fd->get(), bytes, path);
  if (written) written = write_all(fd->get(), more, path);
  if (!written) {
    unlink(path.c_str());
    return written;
  }
  // Only a hint, so its answer does not matter: sync_files() asks again and waits.
  sync_file_range(fd->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  files_.push_back({path, std::move(*fd)});
  return {};
}

Status Staging::sync() {
  if (is_empty_) return {};
  if (Status synced = sync_files(); !synced) return synced;
  return sync_directory(directory_);
}

Status Staging::sync_files() {
  for (const File& file : files_) {
    if (Status synced = sync_file(file.fd.get(), file.path); !synced) {
      unlink(file.path.c_str());
      return synced;
    }
  }
  files_.clear();
  return {};
}

}  // namespace majlis::spool
