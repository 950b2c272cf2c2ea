#include "spool/queue.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "spool/agenda.h"
#include "spool/job/escape.h"
#include "spool/job/job_file.h"
#include "spool/job/job_head.h"
#include "spool/job/staged_name.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxJobOctets = std::size_t{1} << 30U;
constexpr std::size_t kMaxReasonOctets = 8192;
constexpr std::size_t kMaxLookedInto = 10'000;
constexpr std::size_t kHeadOctets = 8192;  // what stands before the recipients is shorter
constexpr std::string_view kWhy = ".why";

std::string directory_of(const Spool& spool, Folder folder) { return spool.directory() + "/" + folder_name(folder); }

std::string path_of(const Spool& spool, const QueueEntry& entry) {
  return directory_of(spool, entry.folder) + "/" + entry.name;
}

// One line of a job's head, by its name, as it stands there; nothing more is read of what may be a large file.
std::optional<std::string> head_value(const std::string& path, std::string_view name) {
  const Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return std::nullopt;
  std::array<char, kHeadOctets> beginning{};
  const ssize_t got = pread(fd->get(), beginning.data(), beginning.size(), 0);
  if (got <= 0) return std::nullopt;
  std::string_view text(beginning.data(), static_cast<std::size_t>(got));
  while (const std::optional<std::string_view> line = next_line(text)) {
    if (line->starts_with(name) && line->substr(name.size()).starts_with(' ')) {
      return std::string(line->substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

std::optional<UnixTime> created_of(const std::string& path) {
  const std::optional<std::uint64_t> time = parse_number(head_value(path, "created").value_or(""));
  return time ? std::optional(static_cast<UnixTime>(*time)) : std::nullopt;
}

// bad/ keeps the name a file had in new/ or later/, with "~2" behind it when that was taken.
std::string job_id_in(const std::string& name) {
  const std::string plain = name.substr(0, name.rfind('~'));
  if (is_staged_name(plain)) return plain;
  const std::optional<LaterName> later = parse_later_name(plain);
  return later ? std::string(later->job_id) : name;
}

// As a claim would find it, without one. nullopt: it is gone, or was replaced a moment ago.
Result<std::optional<std::string>> read_job(const std::string& path) {
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd && fd.error().kind == ErrorKind::missing) return std::optional<std::string>();
  struct stat status {};
  if (!fd && lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return check_is_ours(status, path).error();
  if (!fd) return fd.error();
  if (fstat(fd->get(), &status) != 0) return error_from_errno("spool: stat " + path, errno);
  if (status.st_nlink == 0) return std::optional<std::string>();
  if (Status ours = check_is_ours(status, path); !ours) return ours.error();
  Result<std::string> bytes = read_all(fd->get(), kMaxJobOctets, path);
  if (!bytes) return bytes.error();
  return std::optional<std::string>(std::move(*bytes));
}

// Busy and gone look alike to a claim.
Change why_unclaimed(const Spool& spool, const QueueEntry& entry) {
  return path_exists(path_of(spool, entry)) ? Change::busy : Change::gone;
}

}  // namespace

const char* folder_name(Folder folder) {
  constexpr std::array kNames = {"new", "later", "hold", "bad"};
  return kNames.at(static_cast<std::size_t>(folder));
}

Result<std::vector<QueueEntry>> list_queue(const Spool& spool) {
  std::vector<QueueEntry> entries;
  for (const Folder folder : {Folder::in_new, Folder::in_later}) {
    const Result<std::vector<std::string>> names = list_directory(directory_of(spool, folder));
    if (!names) return names.error();
    for (const std::string& name : *names) {
      const std::optional<LaterName> later = folder == Folder::in_later ? parse_later_name(name) : std::nullopt;
      if (later) entries.push_back({folder, name, std::string(later->job_id), later->due});
      if (folder == Folder::in_new && is_staged_name(name)) entries.push_back({folder, name, name, 0});
    }
  }
  return entries;
}

Result<std::vector<QueueEntry>> list_bad(const Spool& spool) {
  const Result<std::vector<std::string>> names = list_directory(directory_of(spool, Folder::in_bad));
  if (!names) return names.error();
  std::vector<QueueEntry> entries;
  for (const std::string& name : *names) {
    if (name.starts_with('.') || name.ends_with(kWhy)) continue;
    entries.push_back({Folder::in_bad, name, job_id_in(name), 0});
  }
  return entries;
}

// The folder is there once something was brought back.
Result<std::vector<QueueEntry>> list_hold(const Spool& spool) {
  const Result<std::vector<std::string>> names = list_directory(directory_of(spool, Folder::on_hold));
  std::vector<QueueEntry> entries;
  if (!names) return names.error().kind == ErrorKind::missing ? Result(std::move(entries)) : names.error();
  for (const std::string& name : *names) {
    if (is_staged_name(name)) entries.push_back({Folder::on_hold, name, name, 0});
  }
  return entries;
}

Result<std::vector<QueueEntry>> jobs_to_members(const Spool& spool, std::string_view list) {
  Result<std::vector<QueueEntry>> entries = list_queue(spool);
  if (!entries) return entries.error();
  const Result<std::vector<QueueEntry>> hold = list_hold(spool);
  if (!hold) return hold.error();
  entries->insert(entries->end(), hold->begin(), hold->end());
  std::erase_if(*entries, [&](const QueueEntry& entry) {
    const std::string roster = head_value(path_of(spool, entry), "roster").value_or("");
    const std::vector<std::string_view> words = split_words(roster);
    return words.size() < 2 || unescaped(words[1]) != list;
  });
  return entries;
}

Result<std::optional<Folder>> find_job(const Spool& spool, std::string_view job_id) {
  for (const auto list : {list_queue, list_hold, list_bad}) {
    const Result<std::vector<QueueEntry>> entries = list(spool);
    if (!entries) return entries.error();
    const auto found =
        std::find_if(entries->begin(), entries->end(), [&](const QueueEntry& entry) { return entry.job_id == job_id; });
    if (found != entries->end()) return std::optional(found->folder);
  }
  return std::optional<Folder>();
}

Result<std::optional<UnixTime>> next_due(const Spool& spool, UnixTime now) {
  const Result<std::vector<QueueEntry>> entries = list_queue(spool);
  if (!entries) return entries.error();
  std::optional<UnixTime> next;
  for (const QueueEntry& entry : *entries) {
    const UnixTime due = entry.folder == Folder::in_new || is_due(entry.due, now) ? now : entry.due;
    next = std::min(next.value_or(due), due);
  }
  return next;
}

Result<QueueSummary> summarise_queue(const Spool& spool) {
  const Result<std::vector<QueueEntry>> entries = list_queue(spool);
  if (!entries) return entries.error();
  const Result<std::vector<QueueEntry>> bad = list_bad(spool);
  if (!bad) return bad.error();
  const Result<std::vector<QueueEntry>> hold = list_hold(spool);
  if (!hold) return hold.error();
  QueueSummary summary;
  summary.in_bad = bad->size();
  summary.on_hold = hold->size();
  std::size_t looked_into = 0;
  for (const QueueEntry& entry : *entries) {
    ++(entry.folder == Folder::in_new ? summary.in_new : summary.in_later);
    if (looked_into++ >= kMaxLookedInto) continue;
    const std::optional<UnixTime> created = created_of(path_of(spool, entry));
    if (created) summary.oldest_created = std::min(summary.oldest_created.value_or(*created), *created);
  }
  return summary;
}

Result<std::optional<JobView>> view_job(const Spool& spool, const QueueEntry& entry) {
  const Result<std::optional<std::string>> bytes = read_job(path_of(spool, entry));
  if (!bytes) return bytes.error();
  if (!*bytes) return std::optional<JobView>();
  Result<JobHead> head = parse_job_head(**bytes);
  if (!head) return head.error();
  const bool has_roster = head->job.roster.has_value();
  Progress progress(head->checksum, std::move(head->job.recipients), has_roster);
  const Result<std::size_t> valid = progress.read(std::string_view(**bytes).substr(head->size));
  if (!valid) return valid.error();
  JobView view{std::move(head->job), std::move(progress), 0};
  view.message_octets = view.job.message.size();
  view.job.message.clear();
  view.job.recipients.clear();
  return std::optional<JobView>(std::move(view));
}

bool is_damaged(const Result<std::optional<JobView>>& view) { return !view && !may_pass(view.error()); }

Result<std::vector<Damage>> find_damage(const Spool& spool) {
  const Result<std::vector<QueueEntry>> entries = list_queue(spool);
  if (!entries) return entries.error();
  std::vector<Damage> damage;
  for (std::size_t i = 0; i < std::min(entries->size(), kMaxLookedInto); ++i) {
    const Result<std::optional<JobView>> view = view_job(spool, (*entries)[i]);
    if (is_damaged(view)) damage.push_back({(*entries)[i], view.error().what});
  }
  return damage;
}

std::string why_bad(const Spool& spool, const QueueEntry& entry) {
  const Result<std::string> why = read_file(path_of(spool, entry) + std::string(kWhy), kMaxReasonOctets);
  return why ? std::string(trim(*why)) : std::string();
}

Result<Change> retry_job(const Spool& spool, const QueueEntry& entry, UnixTime now) {
  const std::string directory = directory_of(spool, entry.folder);
  Result<std::optional<JobFile>> file = JobFile::claim(directory, entry.name);
  const bool is_damaged = !file && !may_pass(file.error());
  if (is_damaged) file = JobFile::claim(directory, entry.name, Reading::salvage);
  if (!file) return file.error();
  if (!*file) return why_unclaimed(spool, entry);
  JobFile& job = **file;
  const std::string id = job.job().id;
  const bool is_elsewhere = entry.folder != Folder::in_new && path_exists(spool.directory() + "/new/" + id);
  if (is_elsewhere) return Error{ErrorKind::refused, "spool: retry " + id + ": a job of this id is in new/ already"};
  if (entry.folder == Folder::in_bad && now >= job.job().expires) {
    return Error{ErrorKind::refused, "spool: retry " + id + ": it has expired"};
  }
  Status done = job.append(job.progress().record_retry());
  if (done && entry.folder != Folder::in_new) done = job.move_to(spool.directory() + "/new", id);
  if (!done) return done.error();
  if (entry.folder == Folder::in_bad) unlink((path_of(spool, entry) + std::string(kWhy)).c_str());
  return is_damaged ? Change::done_in_part : Change::done;
}

Result<Change> release_job(const Spool& spool, const QueueEntry& entry) {
  const std::string target = directory_of(spool, Folder::in_new) + "/" + entry.job_id;
  if (renameat2(AT_FDCWD, path_of(spool, entry).c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == ENOENT) return Change::gone;
    return error_from_errno("spool: release " + entry.job_id, errno);
  }
  for (const Folder folder : {Folder::in_new, Folder::on_hold}) {
    if (Status synced = sync_directory(directory_of(spool, folder)); !synced) return synced.error();
  }
  return Change::done;
}

Result<Change> cancel_job(const Spool& spool, const QueueEntry& entry, std::string_view reason) {
  const std::string directory = directory_of(spool, entry.folder);
  Result<std::optional<JobFile>> file = JobFile::claim(directory, entry.name);
  // Nobody works on what is damaged.
  if (!file && may_pass(file.error())) return file.error();
  if (file && !*file) return why_unclaimed(spool, entry);
  if (file) {
    if (Status synced = (*file)->sync(); !synced) return synced.error();
  }
  Status moved = spool.move_aside(directory + "/" + entry.name, entry.job_id, reason);
  if (!moved) return moved.error();
  return Change::done;
}

}  // namespace majlis::spool
