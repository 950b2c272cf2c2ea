#include "lists/posts/archive/archive_file.h"

#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/text.h"

namespace majlis::lists {

bool is_month(std::string_view name) {
  return name.size() == 7 && name[4] == '-' && parse_number(name.substr(0, 4)) && parse_number(name.substr(5));
}

std::string archive_directory(const List& list) { return list.directory() + "/archive"; }

std::string archive_file(const List& list, std::string_view month, std::string_view ending) {
  return archive_directory(list) + "/" + std::string(month) + std::string(ending);
}

Result<std::vector<std::string>> archive_months(const List& list) {
  Result<std::vector<std::string>> names = list_directory(archive_directory(list));
  if (!names && names.error().kind == ErrorKind::missing) return std::vector<std::string>();
  if (!names) return names.error();
  std::vector<std::string> months;
  for (const std::string& name : *names) {
    if (!name.ends_with(kMboxEnding)) continue;
    const std::string month = name.substr(0, name.size() - kMboxEnding.size());
    if (is_month(month)) months.push_back(month);
  }
  return months;
}

Result<std::string> read_piece(int fd, std::uint64_t at, std::size_t most, const std::string& path) {
  std::string piece(most, '\0');
  for (std::size_t filled = 0; filled < most;) {
    const ssize_t got = pread(fd, piece.data() + filled, most - filled, static_cast<off_t>(at + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error_from_errno("lists: read " + path, errno);
    if (got == 0) {
      piece.resize(filled);
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  return piece;
}

}  // namespace majlis::lists
