#include "lists/effects/new_list.h"

#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <filesystem>

#include "base/file.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;

Status fill(const std::string& directory, const ListConfig& config, const ListPasswords& passwords) {
  Status done = make_directory(directory, 0700);
  for (const char* folder : {"/files", "/held", "/archive", "/posters"}) {
    if (done) done = make_directory(directory + folder, 0700);
  }
  if (done) done = replace_file(directory + "/passwords", passwords.write(), 0600);
  if (done) done = replace_file(directory + "/config", config.write(), 0600);
  return done;
}

}  // namespace

// Made under a name that no list can have, then renamed.
Status new_list(const Site& site, const ListName& name, const ListConfig& config, const ListPasswords& passwords) {
  const std::string all_lists = site.directory() + "/lists";
  const std::string domain = all_lists + "/" + name.domain();
  const std::string unfinished = domain + "/." + name.name() + ".new";
  Result<FileLock> lock = FileLock::acquire(all_lists + "/.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lock) return lock.error();
  if (path_exists(site.list_directory(name))) {
    return Error{ErrorKind::refused, "the list " + name.address() + " is there already"};
  }
  Status done = make_directory(domain, 0700);
  if (done) done = sync_directory(all_lists);
  std::error_code ignored;
  std::filesystem::remove_all(unfinished, ignored);  // left by a run that was killed
  if (done) done = fill(unfinished, config, passwords);
  if (!done) return done;
  if (renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, site.list_directory(name).c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("lists: create " + site.list_directory(name), errno);
  }
  return sync_directory(domain);
}

}  // namespace majlis::lists
