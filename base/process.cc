#include "base/process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace majlis {
namespace {

constexpr const char* kUserFile = "/etc/passwd";
constexpr std::size_t kMaxUserFileOctets = 16 * 1024 * 1024;

// Read by ourselves: getpwuid(3) would load another C library into a program that is linked with one.
std::optional<gid_t> own_group_of(uid_t user) {
  const Result<std::string> text = read_file(kUserFile, kMaxUserFileOctets);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  while (const std::optional<std::string_view> line = next_line(rest)) {
    const std::vector<std::string_view> fields = split_at(*line, ':');
    if (fields.size() < 4 || parse_number(fields[2]) != user) continue;
    const std::optional<std::uint64_t> group = parse_number(fields[3]);
    if (group) return static_cast<gid_t>(*group);
  }
  return std::nullopt;
}

Status become(uid_t user, gid_t group) {
  const gid_t only = group;
  if (setgroups(1, &only) != 0 || setgid(group) != 0 || setuid(user) != 0) {
    return error_from_errno("base: give up root for the site's owner", errno);
  }
  return {};
}

// What we start from is ours: nothing that came with the caller's environment steers a library (T71).
void clean_environment() {
  clearenv();
  setenv("PATH", "/usr/bin:/bin", 1);
  setenv("LC_ALL", "C", 1);
}

}  // namespace

std::string site_directory(const std::string& from_option) {
  if (!from_option.empty()) return from_option;
  const char* from_environment = std::getenv("MAJLIS_SITE");
  return from_environment != nullptr && *from_environment != '\0' ? from_environment : kInstalledSite;
}

Status hold_standard_descriptors() {
  for (int wanted = STDIN_FILENO; wanted <= STDERR_FILENO; ++wanted) {
    if (fcntl(wanted, F_GETFD) >= 0) continue;
    // The lowest free number is the one that is missing. Inherited by children, whom it protects as well.
    if (open("/", O_PATH | O_DIRECTORY) != wanted) return error_from_errno("base: hold descriptors 0 to 2", errno);
  }
  return {};
}

Status settle_in(const std::string& site) {
  clean_environment();
  umask(077);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  // A write then fails with EPIPE, or EFBIG where a limit of file sizes was inherited: mail is kept for another try.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  if (geteuid() != 0) return {};
  struct stat owner {};
  if (stat(site.c_str(), &owner) != 0 || owner.st_uid == 0) return {};
  // chown(1) of the user alone leaves the group root's, whose rights are none of ours.
  if (owner.st_gid != 0) return become(owner.st_uid, owner.st_gid);
  const std::optional<gid_t> group = own_group_of(owner.st_uid);
  if (group && *group != 0) return become(owner.st_uid, *group);
  return Error{ErrorKind::misconfigured,
               "base: give up root for the site's owner: the group of " + site + " is root's: chgrp -R it to another"};
}

}  // namespace majlis
