#include "lists/upkeep/site_copy.h"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/file.h"
#include "lists/upkeep/inventory.h"
#include "lists/upkeep/site_paths.h"
#include "spool/queue.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kMbox = ".mbox";
constexpr std::string_view kDatabaseLock = "env.lock";
constexpr std::int64_t kNanoseconds = 1'000'000'000;
constexpr std::int64_t kSettling = 2 * kNanoseconds;  // file systems' clocks tick more slowly than files change

// "lists/DOMAIN/LIST/archive/MONTH.mbox": what was archived of that month by committed posts; 0: nobody knows.
Result<std::uint64_t> archived_octets(const store::Reader& state, std::string_view path) {
  const std::filesystem::path file(path);
  const std::filesystem::path folder = file.parent_path().parent_path();
  const bool is_mbox = path.ends_with(kMbox) && file.parent_path().filename() == "archive";
  const auto name = ListName::parse(folder.filename().string(), folder.parent_path().filename().string());
  if (!is_mbox || !name) return 0;
  return state.archive_octets(name->address(), file.stem().string());
}

}  // namespace

// `path`: its name in the backup. Of an archive the octets that were there the last time are the same for ever.
Status SiteCopy::copy_one(const std::string& from, const std::string& path, std::uint64_t archived,
                          CopiedFiles& copied) const {
  const std::int64_t now_ns = wall_clock_now() * kNanoseconds;
  const std::optional<FileMark> mark = mark_of_file(from);
  if (!mark) return {};
  const auto known = copied.find(path);
  const bool is_archive = archived > 0 && archived <= mark->octets;
  // A post may have been archived between the look at the lengths and the copy.
  const bool is_as_long = known != copied.end() && known->second.octets == (is_archive ? archived : 0);
  if (is_as_long && known->second.is_settled && known->second.mark == *mark) return {};
  const bool goes_on = is_archive && known != copied.end() && known->second.mark.inode == mark->inode &&
                       known->second.octets > 0 && known->second.octets <= archived;
  const Result<std::optional<FileMark>> read = copy_file(from, target(path), goes_on ? known->second.octets : 0,
                                                         is_archive ? std::optional(archived) : std::nullopt);
  if (!read) return read.error();
  if (*read) copied[path] = {**read, is_archive ? archived : 0, (*read)->changed_ns < now_ns - kSettling};
  return {};
}

Status SiteCopy::forget_others(CopiedFiles& copied, const std::set<std::string, std::less<>>& there) const {
  for (auto file = copied.begin(); file != copied.end();) {
    const bool is_there = there.contains(file->first);
    if (!is_there && unlink(target(file->first).c_str()) != 0 && errno != ENOENT) {
      return error_from_errno("lists: remove " + target(file->first), errno);
    }
    file = is_there ? std::next(file) : copied.erase(file);
  }
  return {};
}

// An opening for all of them: mail does not wait while they are copied.
Result<SiteCopy::Lengths> SiteCopy::archived_lengths(const store::Reader* state,
                                                     const std::vector<std::string>& paths) const {
  std::unique_ptr<store::Reader> own;
  if (state == nullptr) {
    Result<std::unique_ptr<store::Reader>> opened = site_->open_reader();
    if (!opened) return opened.error();
    own = std::move(*opened);
  }
  Lengths lengths;
  for (const std::string& path : paths) {
    const Result<std::uint64_t> octets = archived_octets(own ? *own : *state, path);
    if (!octets) return octets.error();
    if (*octets > 0) lengths.emplace(path, *octets);
  }
  return lengths;
}

// Folders as they are at the last look: one of a list that was renamed or removed since would keep its name taken.
Status SiteCopy::copy_folders(const std::vector<std::string>& there) {
  for (const std::string& folder : there) {
    std::error_code failed;
    std::filesystem::create_directory(target(folder), failed);
    if (failed) return Error{ErrorKind::again, "lists: make " + target(folder) + ": " + failed.message()};
  }
  const std::set<std::string, std::less<>> wanted(there.begin(), there.end());
  for (const std::string& folder : folders_) {
    std::error_code failed;
    if (!wanted.contains(folder)) std::filesystem::remove_all(target(folder), failed);
    if (failed) return Error{ErrorKind::again, "lists: remove " + target(folder) + ": " + failed.message()};
  }
  folders_ = there;
  return {};
}

Status SiteCopy::copy_files(const store::Reader* state, const Progress& progress) {
  Result<Inventory> found =
      take_inventory(site_->directory(), [&](std::string_view path) { return is_not_copied(*site_, path); });
  if (!found) return found.error();
  left_out_ = std::move(found->others);
  if (Status copied = copy_folders(found->folders); !copied) return copied;
  const Result<Lengths> archived = archived_lengths(state, found->files);
  if (!archived) return archived.error();
  std::set<std::string, std::less<>> there;
  for (const std::string& path : found->files) {
    const auto length = archived->find(path);
    Status done = copy_one(source(path), path, length == archived->end() ? 0 : length->second, files_);
    if (!done) return done;
    there.insert(path);
    if (progress) progress(there.size(), found->files.size());
  }
  return forget_others(files_, there);
}

// majlis-flush moves jobs without the site's lock: one that was on its way from one folder to the other at the first
// look is seen by the second. Who is at work on one adds to its end, or puts a whole new file in its place.
Status SiteCopy::copy_jobs() {
  std::set<std::string, std::less<>> there;
  for (const auto list : {spool::list_hold, spool::list_queue, spool::list_queue}) {
    const Result<std::vector<spool::QueueEntry>> entries = list(site_->spool());
    if (!entries) return entries.error();
    for (const spool::QueueEntry& entry : *entries) {
      const std::string from = std::string("spool/") + spool::folder_name(entry.folder) + "/" + entry.name;
      const std::string path = std::string(kHoldFolder) + "/" + entry.job_id;
      Status done = copy_one(source(from), path, 0, jobs_);
      if (!done) return done;
      if (mark_of_file(source(from))) there.insert(path);
    }
  }
  return forget_others(jobs_, there);
}

// Whoever opens the copy replays its log: nothing says that this file is the one that was left cleanly.
Status SiteCopy::copy_database() const {
  const Result<std::vector<std::string>> names = list_directory(site_->database_directory());
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (name == kDatabaseLock) continue;
    const auto copied = copy_file(site_->database_directory() + "/" + name, target("db/" + name));
    if (!copied) return copied.error();
  }
  return {};
}

}  // namespace majlis::lists
