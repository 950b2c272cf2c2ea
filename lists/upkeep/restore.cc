#include "lists/upkeep/restore.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "lists/upkeep/checksums.h"
#include "lists/upkeep/file_copy.h"
#include "lists/upkeep/inventory.h"
#include "lists/upkeep/site_paths.h"
#include "mail/authentication/sha256.h"
#include "spool/spool.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxSealOctets = 64 * 1024;
constexpr std::size_t kMaxChecksumsOctets = 1024 * 1024 * 1024;
constexpr const char* kSiteConfig = "site.conf";
constexpr const char* kBegun = ".restoring";  // its folder was begun by restore(); becomes site.conf
constexpr mode_t kRights = 07777;

Error damaged(const std::string& directory, const std::string& why) {
  return {ErrorKind::damaged, "lists: the backup " + directory + ": " + why + "; nothing is restored"};
}

struct Source {
  BackupSeal seal;
  std::vector<Checksum> sums;
  std::vector<std::string> folders;
};

bool is_about_the_backup(std::string_view path) {
  return path == kChecksumsFile || path == kBackupFile || path == kBackupLock;
}

// What the two files say that are about the others; those are not read yet.
Result<Source> read_source(const std::string& directory) {
  const Result<std::string> text = read_file(directory + "/" + kBackupFile, kMaxSealOctets);
  if (!text && text.error().kind == ErrorKind::missing) {
    return damaged(directory, std::string("no ") + kBackupFile + " there: it is none, or was not finished");
  }
  if (!text) return text.error();
  const Result<BackupSeal> seal = read_seal(*text);
  if (!seal) return damaged(directory, seal.error().what);
  const Result<std::string> list = read_file(directory + "/" + kChecksumsFile, kMaxChecksumsOctets);
  if (!list && list.error().kind == ErrorKind::missing) return damaged(directory, std::string("no ") + kChecksumsFile);
  if (!list) return list.error();
  Result<std::vector<Checksum>> sums = read_checksums(*list);
  if (!sums) return damaged(directory, sums.error().what);
  if (mail::sha256_hex(*list) != seal->checksums || sums->size() != seal->files) {
    return damaged(directory, std::string(kChecksumsFile) + " is not as it was written");
  }
  return Source{*seal, std::move(*sums), {}};
}

Status check_files(const std::string& directory, Source& source, const Progress& progress) {
  Result<Inventory> found = take_inventory(directory, is_about_the_backup);
  if (!found) return found.error();
  source.folders = std::move(found->folders);
  std::set<std::string> there(found->files.begin(), found->files.end());
  there.insert(found->others.begin(), found->others.end());
  std::size_t done = 0;
  for (const Checksum& wanted : source.sums) {
    if (there.erase(wanted.path) == 0) return damaged(directory, wanted.path + " is missing");
    const Result<FileSum> sum = sum_of_file(directory + "/" + wanted.path, Syncing::no);
    if (!sum) return sum.error();
    if (sum->sha256 != wanted.sha256) return damaged(directory, wanted.path + " is not as it was written");
    if (progress) progress(++done, source.sums.size());
  }
  return there.empty() ? Status() : damaged(directory, *there.begin() + " is no file of it");
}

Status check_no_site(const std::string& site) {
  if (!path_exists(site + "/" + kSiteConfig)) return {};
  return Error{ErrorKind::refused, "lists: restore to " + site + ": there is a site already; nothing is restored"};
}

// What a killed run has left there is thrown away. The lock is on the file that becomes site.conf.
Result<FileLock> begin_site(const std::string& site) {
  Status done = check_no_site(site);
  if (done) done = make_directories(site, 0700);
  if (!done) return done.error();
  const Result<std::vector<std::string>> names = list_directory(site);
  if (!names) return names.error();
  const bool is_begun = std::find(names->begin(), names->end(), kBegun) != names->end();
  if (!names->empty() && !is_begun) {
    return Error{ErrorKind::refused, "lists: restore to " + site + ": it is not empty; nothing is restored"};
  }
  Result<std::optional<FileLock>> lock = FileLock::try_acquire(site + "/" + kBegun, FileLock::Mode::exclusive);
  if (!lock) return lock.error();
  if (!*lock) return Error{ErrorKind::again, "lists: restore to " + site + ": another restore is at work there"};
  done = check_no_site(site);  // of one that has ended meanwhile
  if (!done) return done.error();
  for (const std::string& name : *names) {
    std::error_code failed;
    if (name != kBegun) std::filesystem::remove_all(site + "/" + name, failed);
    if (failed) return Error{ErrorKind::again, "lists: remove " + site + "/" + name + ": " + failed.message()};
  }
  return std::move(**lock);
}

Status make_folder(const std::string& like, const std::string& path) {
  struct stat status {};
  if (lstat(like.c_str(), &status) != 0) return error_from_errno("lists: look at " + like, errno);
  Status made = make_directory(path, 0700);
  if (made && chmod(path.c_str(), status.st_mode & kRights) != 0) {
    return error_from_errno("lists: give its rights to " + path, errno);
  }
  return made;
}

// A copy that is on the disk, and is the one that was written.
Status bring_back(const std::string& directory, const Checksum& file, const std::string& target) {
  const Result<std::optional<FileMark>> read = copy_file(directory + "/" + file.path, target);
  if (!read) return read.error();
  if (!*read) return damaged(directory, file.path + " is missing");
  const Result<FileSum> sum = sum_of_file(target, Syncing::yes);
  if (!sum) return sum.error();
  return sum->sha256 == file.sha256 ? Status() : damaged(directory, file.path + " is not as it was written");
}

Status fill(const std::string& directory, const std::string& site, const Source& source, const Progress& progress) {
  Status done = spool::Spool::create(site + "/spool");
  for (const std::string& folder : source.folders) {
    if (done) done = make_folder(directory + "/" + folder, site + "/" + folder);
  }
  std::size_t count = 0;
  const Checksum* config = nullptr;
  for (const Checksum& file : source.sums) {
    if (file.path == kSiteConfig) config = &file;
    if (done && file.path != kSiteConfig) done = bring_back(directory, file, site + "/" + file.path);
    if (done && progress) progress(++count, source.sums.size());
  }
  for (const std::string& folder : source.folders) {
    if (done) done = sync_directory(site + "/" + folder);
  }
  if (!done) return done;
  if (config == nullptr) return damaged(directory, "it has no site.conf");
  const std::string begun = site + "/" + kBegun;
  done = bring_back(directory, *config, begun);
  if (done && rename(begun.c_str(), (site + "/" + kSiteConfig).c_str()) != 0) {
    return error_from_errno("lists: make " + site + "/" + kSiteConfig, errno);
  }
  return done ? sync_directory(site) : done;
}

std::uint64_t jobs_among(const std::vector<Checksum>& sums) {
  std::uint64_t jobs = 0;
  for (const Checksum& sum : sums) {
    if (sum.path.starts_with(kHoldFolder)) ++jobs;
  }
  return jobs;
}

}  // namespace

Result<Restored> restore(const std::string& directory, const std::string& site, const Progress& progress) {
  Result<Source> source = read_source(directory);
  if (!source) return source.error();
  if (Status whole = check_files(directory, *source, progress); !whole) return whole.error();
  const Result<FileLock> own = begin_site(site);
  if (!own) return own.error();
  Status done = fill(directory, site, *source, progress);
  if (!done) return done.error();
  return Restored{source->seal.files, jobs_among(source->sums), source->seal.made};
}

}  // namespace majlis::lists
