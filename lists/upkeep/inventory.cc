#include "lists/upkeep/inventory.h"

#include <sys/stat.h>

#include <cerrno>

#include "base/file.h"

namespace majlis::lists {
namespace {

Status sort_in(const std::string& top, std::string path, Inventory& found) {
  struct stat status {};
  if (lstat((top + "/" + path).c_str(), &status) != 0) {
    return errno == ENOENT || errno == ENOTDIR ? Status()
                                               : error_from_errno("lists: look at " + top + "/" + path, errno);
  }
  const bool is_folder = S_ISDIR(status.st_mode);
  (is_folder ? found.folders : S_ISREG(status.st_mode) ? found.files : found.others).push_back(std::move(path));
  return {};
}

}  // namespace

Result<Inventory> take_inventory(const std::string& top,
                                 const std::function<bool(std::string_view path)>& is_left_out) {
  Inventory found;
  std::string folder;
  for (std::size_t next = 0;; ++next) {
    const Result<std::vector<std::string>> names = list_directory(folder.empty() ? top : top + "/" + folder);
    if (!names && (folder.empty() || names.error().kind != ErrorKind::missing)) return names.error();
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
      std::string path = folder.empty() ? name : folder + "/" + name;
      Status sorted = is_left_out(path) ? Status() : sort_in(top, std::move(path), found);
      if (!sorted) return sorted.error();
    }
    if (next == found.folders.size()) return found;
    folder = found.folders[next];
  }
}

}  // namespace majlis::lists
