#include "bin/admin/call/input.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/text.h"

namespace majlis::bin::admin {

Result<std::string> read_input(const std::string& name, std::size_t max_octets) {
  if (name == "-") return read_all(STDIN_FILENO, max_octets, "standard input");
  const int fd = open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    Error error = error_from_errno("bin: open " + printable(name, 200), errno);
    if (error.kind == ErrorKind::misconfigured) {
      error.what += "; it is read as the site's owner: hand it in with '-' and '<' instead";
    }
    return error;
  }
  const UniqueFd owned(fd);
  return read_all(fd, max_octets, name);
}

Result<std::string> read_line_from_stdin(std::size_t max_octets) {
  Result<std::string> text = read_input("-", max_octets + 2);
  if (!text) return text;
  std::string_view rest = *text;
  return std::string(next_line(rest).value_or(""));
}

}  // namespace majlis::bin::admin
