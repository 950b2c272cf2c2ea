#include "lists/upkeep/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>

#include "base/file.h"
#include "lists/rounds/delivery.h"
#include "lists/upkeep/checksums.h"
#include "lists/upkeep/file_copy.h"
#include "lists/upkeep/inventory.h"
#include "lists/upkeep/site_copy.h"
#include "mail/authentication/sha256.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;
constexpr const char* kUnfinished = ".unfinished";

std::string lock_in(const std::string& folder) { return folder + "/" + kBackupLock; }

// Where others may make folders too, one of theirs could be lying in wait for the passwords in the backup.
Status make_own_folder(const std::string& folder) {
  Status made = make_directory(folder, 0700);
  if (!made) return made;
  const Result<UniqueFd> fd = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (!fd) return fd.error();
  struct stat status {};
  if (fstat(fd->get(), &status) != 0) return error_from_errno("lists: look at " + folder, errno);
  if (status.st_uid != geteuid()) return Error{ErrorKind::refused, folder + " is there, and another user's"};
  if (fchmod(fd->get(), 0700) != 0) return error_from_errno("lists: close " + folder + " to others", errno);
  return {};
}

// The folder that becomes the backup; what a killed run has left there is thrown away.
Result<FileLock> begin_in(const std::string& folder) {
  Status made = make_own_folder(folder);
  if (!made) return made.error();
  Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) return names.error();
  // An empty one is of a run that was killed before it had its lock.
  if (!names->empty() && !path_exists(lock_in(folder))) {
    return Error{ErrorKind::refused, folder + " is there, and no backup of ours: it is in the way"};
  }
  Result<std::optional<FileLock>> lock = FileLock::try_acquire(lock_in(folder), FileLock::Mode::exclusive);
  if (!lock) return lock.error();
  if (!*lock) return Error{ErrorKind::again, "another backup is at work in " + folder};
  names = list_directory(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    std::error_code failed;
    if (name != kBackupLock) std::filesystem::remove_all(folder + "/" + name, failed);
    if (failed) return Error{ErrorKind::again, "lists: remove " + folder + "/" + name + ": " + failed.message()};
  }
  for (const char* below : {"/db", "/spool", "/spool/hold"}) {
    if (made) made = make_directory(folder + below, 0700);
  }
  return made ? Result<FileLock>(std::move(**lock)) : made.error();
}

// The moment the backup is of. Who makes a list, who decides anything and who publishes it waits meanwhile.
Result<std::int64_t> copy_the_rest(const Site& site, SiteCopy& copy, UnixTime now) {
  Result<FileLock> lists =
      FileLock::acquire(site.directory() + "/lists/.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lists) return lists.error();
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  if (path_exists(site.directory() + "/" + kRewritingFile)) {
    return Error{ErrorKind::again,
                 "'majlis person erase' was killed: said again, or by the next majlis-flush, it ends"};
  }
  const auto begun = std::chrono::steady_clock::now();
  // Of a process that was killed between its commit and its last file; no other is there now.
  Status done = finish_staged_files(site, now);
  if (done) done = copy.copy_database();
  if (done) done = copy.copy_files(state->get(), {});
  if (done) done = copy.copy_jobs();
  if (!done) return done.error();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
}

// Sums of all that was copied, which is on the disk then.
Result<Backup> seal(const std::string& folder, UnixTime now, const Progress& progress) {
  const auto is_own_lock = [](std::string_view path) { return path == kBackupLock; };
  const Result<Inventory> found = take_inventory(folder, is_own_lock);
  if (!found) return found.error();
  Backup backup;
  std::vector<Checksum> sums;
  for (const std::string& path : found->files) {
    Result<FileSum> sum = sum_of_file(folder + "/" + path, Syncing::yes);
    if (!sum) return sum.error();
    backup.octets += sum->octets;
    sums.push_back({path, std::move(sum->sha256)});
    if (progress) progress(++backup.files, found->files.size());
  }
  const std::string text = checksums_text(sums);
  Status done;
  for (const std::string& below : found->folders) {
    if (done) done = sync_directory(folder + "/" + below);
  }
  if (done) done = create_file(folder + "/" + kChecksumsFile, text, 0600);
  const BackupSeal last{now, sums.size(), backup.octets, mail::sha256_hex(text)};
  if (done) done = create_file(folder + "/" + kBackupFile, seal_text(last), 0600);
  return done ? Result<Backup>(std::move(backup)) : done.error();
}

std::string folder_above(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status check_place(const Site& site, const std::string& directory) {
  if (path_exists(directory)) return Error{ErrorKind::refused, directory + " is there already; name a new folder"};
  std::error_code failed;
  const std::filesystem::path above = std::filesystem::canonical(folder_above(directory), failed);
  if (failed) return Error{ErrorKind::missing, "lists: " + folder_above(directory) + ": " + failed.message()};
  const std::string own = std::filesystem::canonical(site.directory(), failed).string();
  if ((above.string() + "/").starts_with(own + "/")) {
    return Error{ErrorKind::refused, directory + " is inside the site; name a folder elsewhere"};
  }
  return {};
}

// The lock goes last: as long as the folder has its first name, nobody else begins in it.
Status put_in_place(const std::string& folder, const std::string& directory) {
  Status done = sync_directory(folder);
  if (!done) return done;
  if (renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, directory.c_str(), RENAME_NOREPLACE) != 0) {
    return error_from_errno("lists: rename " + folder + " to " + directory, errno);
  }
  done = sync_directory(folder_above(directory));
  unlink(lock_in(directory).c_str());
  return done;
}

}  // namespace

Result<Backup> back_up(const Site& site, const std::string& directory, UnixTime now, const Progress& progress) {
  if (Status good = check_place(site, directory); !good) return good.error();
  const std::string folder = directory + kUnfinished;
  const Result<FileLock> own = begin_in(folder);
  if (!own) return own.error();
  SiteCopy copy(site, folder);
  Status most = copy.copy_files(nullptr, progress);
  if (most) most = copy.copy_jobs();
  if (!most) return most.error();
  const Result<std::int64_t> locked = copy_the_rest(site, copy, now);
  if (!locked) return locked.error();
  Result<Backup> backup = seal(folder, now, progress);
  if (!backup) return backup.error();
  if (Status done = put_in_place(folder, directory); !done) return done.error();
  backup->jobs = copy.jobs();
  backup->locked_ms = *locked;
  backup->left_out = copy.left_out();
  return backup;
}

}  // namespace majlis::lists
