#include "foreign/source/files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::foreign {

FileType type_of(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return FileType::missing;
  if (S_ISREG(status.st_mode)) return FileType::file;
  return S_ISDIR(status.st_mode) ? FileType::folder : FileType::other;
}

Result<std::string> resolved(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> whole(realpath(path.c_str(), nullptr), std::free);
  if (whole == nullptr) return error_from_errno("foreign: open " + printable(path, 300), errno);
  return std::string(whole.get());
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
  Result<UniqueFd> opened = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return opened.error();
  Result<std::vector<std::string>> names = list_directory(folder);
  if (names && names->size() > kMaxNamesInFolder) {
    return Error{ErrorKind::refused,
                 "foreign: " + printable(folder, 300) + ": more than " + std::to_string(kMaxNamesInFolder) + " files"};
  }
  return names;
}

Result<std::string> read_text(const std::string& path, std::size_t max_octets) {
  Result<std::string> bytes = read_file(path, max_octets);
  if (!bytes) return bytes;
  return is_valid_utf8(*bytes) && !bytes->starts_with("\xEF\xBB\xBF") ? std::move(*bytes) : mail::to_utf8(*bytes, "");
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

}  // namespace majlis::foreign
