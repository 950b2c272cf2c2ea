#include "bin/admin/call/programs.h"

#include <unistd.h>

#include <array>
#include <climits>

#include "base/file.h"

namespace majlis::bin::admin {

std::string program_folder() {
  std::array<char, PATH_MAX> self{};
  const ssize_t octets = readlink("/proc/self/exe", self.data(), self.size());
  const std::string path = octets > 0 ? std::string(self.data(), static_cast<std::size_t>(octets)) : "";
  const std::string folder = path.substr(0, path.rfind('/'));
  return !folder.empty() && path_exists(folder + "/majlis-receive") ? folder : MAJLIS_PROGRAMS;
}

}  // namespace majlis::bin::admin
