#include "spool/transport/credentials.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxOctets = 4096;
constexpr mode_t kForOthers = 0177;  // group, world, and executable

Error misconfigured(const std::string& path, std::string_view why) {
  return Error{ErrorKind::misconfigured, "spool: credentials " + path + ": " + std::string(why)};
}

bool is_word(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
}

}  // namespace

Result<Credentials> Credentials::load(const std::string& path) {
  const Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return misconfigured(path, "cannot be opened");
  struct stat status {};
  if (fstat(fd->get(), &status) != 0) return misconfigured(path, "cannot be examined");
  if (status.st_uid != geteuid()) return misconfigured(path, "it belongs to somebody else");
  if ((status.st_mode & kForOthers) != 0) return misconfigured(path, "others may use it; its mode must be 0600");
  const Result<std::string> text = read_all(fd->get(), kMaxOctets, path);
  if (!text) return misconfigured(path, "cannot be read");
  std::string_view rest = *text;
  const std::optional<std::string_view> user = next_line(rest);
  const std::optional<std::string_view> password = next_line(rest);
  if (!user || !password || !is_word(*user) || !is_word(*password) || !trim(rest).empty()) {
    return misconfigured(path, "expected two lines, the user's name and the password");
  }
  return Credentials{std::string(*user), std::string(*password)};
}

}  // namespace majlis::spool
