#include <sys/stat.h>

#include <filesystem>

#include "bin/admin/check/check.h"

namespace majlis::bin::admin {
namespace {

constexpr const char* kParts[] = {"/site.conf", "/secret", "/db", "/lists", "/spool", "/texts"};
constexpr const char* kSecretParts[] = {"/secret", "/db", "/lists", "/spool"};
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
constexpr mode_t kOthersWrite = S_IWGRP | S_IWOTH;

std::string chown_all(const std::string& directory) {
  return "as root: chown -R --reference=" + directory + " " + directory;
}

// Somebody's who edited it as root, say: the programs could not read or replace it.
std::string foreign_file(const std::string& directory, uid_t owner) {
  std::error_code failed;
  constexpr auto kOptions = std::filesystem::directory_options::skip_permission_denied;
  std::filesystem::recursive_directory_iterator file(directory, kOptions, failed);
  for (; !failed && file != std::filesystem::recursive_directory_iterator(); file.increment(failed)) {
    struct stat status {};
    if (lstat(file->path().c_str(), &status) == 0 && status.st_uid != owner) return file->path();
  }
  return {};
}

// A part of the site that belongs to somebody else cannot be used, or worse, can be changed by him.
void check_owners(const std::string& directory, uid_t owner, Findings& findings) {
  for (const char* part : kParts) {
    const std::string path = directory + part;
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) {
      findings.push_back(wanting("owner", path + " is missing or cannot be seen", "run this as root or as the owner"));
    } else if (status.st_uid != owner) {
      findings.push_back(wanting("owner", path + " does not belong to the site's owner", chown_all(directory)));
      return;
    }
  }
  const std::string foreign = foreign_file(directory, owner);
  if (foreign.empty()) return;
  findings.push_back(wanting("owner", foreign + " does not belong to the site's owner", chown_all(directory)));
}

void check_modes(const std::string& directory, mode_t top, Findings& findings) {
  if ((top & kOthersWrite) != 0) {
    findings.push_back(wanting("rights", directory + " can be written by others", "chmod go-w " + directory));
  }
  for (const char* part : kSecretParts) {
    const std::string path = directory + part;
    struct stat status {};
    if (lstat(path.c_str(), &status) == 0 && (status.st_mode & kOthers) != 0) {
      findings.push_back(wanting("rights", path + " is open to others", "chmod go-rwx " + path));
    }
  }
}

}  // namespace

void check_rights(const std::string& directory, Findings& findings) {
  struct stat status {};
  if (stat(directory.c_str(), &status) != 0) {
    findings.push_back(wanting("owner", directory + " is not there or cannot be seen", "name the site with --site"));
    return;
  }
  const std::size_t before = findings.size();
  if (status.st_uid == 0) {
    findings.push_back(wanting("owner", "the site belongs to root, so Majlis runs as root",
                               "make a user for it: useradd --system --home-dir " + directory +
                                   " --shell /usr/sbin/nologin majlis, and chown -R majlis: " + directory));
  }
  check_owners(directory, status.st_uid, findings);
  if (findings.size() == before) findings.push_back(ok("owner", "one user, not root, owns the site"));
  const std::size_t owners = findings.size();
  check_modes(directory, status.st_mode, findings);
  if (findings.size() == owners) findings.push_back(ok("rights", "nobody else can look into it"));
}

}  // namespace majlis::bin::admin
