#include "base/log_target.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

namespace majlis {

LogTarget& log_target() {
  static LogTarget instance;
  return instance;
}

std::string log_file_head() {
  return iso8601(wall_clock_now()) + " " + log_target().program + "[" + std::to_string(getpid()) + "]: ";
}

bool append_to_log_file(std::string_view lines) {
  const std::string& path = log_target().file;
  if (path.empty()) return false;
  Result<UniqueFd> fd = open_file(path, O_WRONLY | O_APPEND | O_CREAT, 0640);
  return fd && write_all(fd->get(), lines, path).ok();
}

}  // namespace majlis
