#include "base/process.h"

#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace majlis {
namespace {

Status become(uid_t user, gid_t group) {
  const gid_t only = group;
  if (setgroups(1, &only) != 0 || setgid(group) != 0 || setuid(user) != 0) {
    return error_from_errno("bin: give up root for the site's owner", errno);
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

Status settle_in(const std::string& site) {
  clean_environment();
  umask(077);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  std::signal(SIGPIPE, SIG_IGN);
  if (geteuid() != 0) return {};
  struct stat owner {};
  if (stat(site.c_str(), &owner) != 0 || owner.st_uid == 0) return {};
  return become(owner.st_uid, owner.st_gid);
}

}  // namespace majlis
