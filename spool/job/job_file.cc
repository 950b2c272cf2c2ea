#include "spool/job/job_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "spool/job/job_head.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxJobOctets = std::size_t{1} << 30U;
constexpr std::uint64_t kRewriteOctets = 256 * 1024;
constexpr std::uint64_t kRoomOctets = 256 * 1024;
constexpr std::uint64_t kRoomLeft = 64 * 1024;
constexpr unsigned kSyncsBeforeRoom = 3;

Error damaged(const std::string& path, std::string_view why) {
  return Error{ErrorKind::damaged, "spool: claim " + path + ": " + std::string(why)};
}

Error system_error(std::string_view action, const std::string& path) {
  const int saved = errno;
  return error_from_errno("spool: " + std::string(action) + " " + path, saved);
}

bool is_same_file(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

// The lock is on the file, not on its name: the name may have passed to another file between open and lock.
Result<bool> lock_by_name(int fd, const std::string& path) {
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK || errno == EINTR) return false;
    return system_error("lock", path);
  }
  struct stat opened {};
  struct stat named {};
  if (fstat(fd, &opened) != 0) return system_error("stat", path);
  if (lstat(path.c_str(), &named) != 0) {
    if (errno == ENOENT) return false;
    return system_error("stat", path);
  }
  if (!is_same_file(opened, named)) return false;
  Status ours = check_is_ours(opened, path);
  if (!ours) return ours.error();
  return true;
}

std::string rewrite_name(const std::string& directory, const std::string& name) {
  return directory + "/." + name + ".rewrite";
}

Status copy_head(int from, int to, std::uint64_t octets, const std::string& path) {
  std::array<char, 65536> buffer{};
  for (std::uint64_t at = 0; at < octets;) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), octets - at));
    const ssize_t got = pread(from, buffer.data(), wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("read", path);
    if (got == 0) return damaged(path, "the file shrank");
    Status written = write_all(to, std::string_view(buffer.data(), static_cast<std::size_t>(got)), path);
    if (!written) return written;
    at += static_cast<std::uint64_t>(got);
  }
  return {};
}

}  // namespace

Status check_is_ours(const struct stat& status, const std::string& path) {
  if (!S_ISREG(status.st_mode)) return damaged(path, "not a regular file");
  if (status.st_uid != geteuid()) return damaged(path, "it belongs to somebody else");
  if (status.st_nlink != 1) return damaged(path, "it has more than one name");
  return {};
}

Result<std::optional<JobFile>> JobFile::claim(const std::string& directory, const std::string& name, Reading reading) {
  JobFile file(directory, name);
  const std::string path = file.path();
  // O_NONBLOCK: a FIFO planted here must not stop us.
  const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) return std::optional<JobFile>();
  if (fd < 0 && (errno == ELOOP || errno == EISDIR || errno == ENXIO)) return damaged(path, "not a regular file");
  if (fd < 0) return system_error("open", path);
  file.fd_ = UniqueFd(fd);

  const Result<bool> locked = lock_by_name(fd, path);
  if (!locked) return locked.error();
  if (!*locked) return std::optional<JobFile>();
  unlink(rewrite_name(directory, name).c_str());  // left by a run that was killed
  if (Status loaded = file.load(reading); !loaded) return loaded.error();
  if (Status claimed = file.append(file.progress().record_claim()); !claimed) return claimed.error();
  return std::optional<JobFile>(std::move(file));
}

Status JobFile::load(Reading reading) {
  Result<std::string> bytes = read_all(fd_.get(), kMaxJobOctets, path());
  if (!bytes) return bytes.error();
  Result<JobHead> head = parse_job_head(*bytes);
  if (!head) return head.error();
  job_ = std::move(head->job);
  head_octets_ = head->size;
  progress_.emplace(head->checksum, std::move(job_.recipients), job_.roster.has_value());
  job_.recipients.clear();

  const std::string_view records = std::string_view(*bytes).substr(head->size);
  const Result<std::size_t> valid = progress_->read(records, reading);
  if (!valid) return valid.error();
  end_ = head_octets_ + *valid;
  if (reading == Reading::salvage) return rewrite();
  return cut_torn_tail(records.substr(*valid));
}

// New records must not stand behind half a record. The cut is synced where something of use may stand behind it: it
// would be there again, and of use, when a power cut took the cut back and not what was written since.
Status JobFile::cut_torn_tail(std::string_view tail) {
  if (tail.empty()) return {};
  if (ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0) return system_error("cut the torn tail of", path());
  return tail.find_first_not_of('\0') == std::string_view::npos ? Status() : sync_file(fd_.get(), path());
}

void JobFile::add(std::string_view records) { kept_ += records; }

void JobFile::add_outcomes(std::string_view records) {
  add(records);
  if (!unsynced_since_) unsynced_since_ = std::chrono::steady_clock::now();
}

Status JobFile::append(std::string_view records) {
  add(records);
  return write_down();
}

Status JobFile::write_down() {
  if (kept_.empty()) return {};
  if (synced_end_ > 0) kept_.insert(0, progress_->record_synced(std::exchange(synced_end_, 0) - head_octets_));
  Status written = write_all_at(fd_.get(), kept_, end_, path());
  if (!written) {
    // Half a record in the middle would spoil the file for good.
    if (ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0) return system_error("cut", path());
    room_end_ = 0;
    return written;
  }
  end_ += kept_.size();
  kept_.clear();
  return is_worth_rewriting() ? rewrite() : Status();
}

// Overwriting what is on disk already spares every later sync the file system's journal, which others keep busy. A tail
// of zeros reads as a torn record. Jobs of a few transactions do without.
Status JobFile::make_room() {
  if (++syncs_ < kSyncsBeforeRoom || end_ + kRoomLeft <= room_end_) return {};
  const std::uint64_t from = std::max(end_, room_end_);
  const std::uint64_t to = end_ + kRoomOctets;
  Status written = write_all_at(fd_.get(), std::string(static_cast<std::size_t>(to - from), '\0'), from, path());
  if (written) room_end_ = to;
  return written;
}

Status JobFile::give_back_room() {
  if (room_end_ <= end_) return {};
  if (ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0) return system_error("cut", path());
  room_end_ = 0;
  return {};
}

Status JobFile::sync() {
  if (Status written = write_down(); !written) return written;
  // Without room (a full disk) it is only slower.
  if (!make_room() && ftruncate(fd_.get(), static_cast<off_t>(end_)) != 0) return system_error("cut", path());
  Status synced = sync_file(fd_.get(), path());
  if (!synced) return synced;
  unsynced_since_.reset();
  synced_end_ = end_;
  return {};
}

std::optional<Moment> JobFile::sync_due() const {
  if (!unsynced_since_) return std::nullopt;
  return *unsynced_since_ + kLongestUnsynced;
}

// A rewrite copies the head as well: it must have been earned by as many octets of records.
bool JobFile::is_worth_rewriting() const {
  const std::uint64_t records = end_ - head_octets_;
  return records > kRewriteOctets + head_octets_ + 2 * rewritten_octets_;
}

Status JobFile::replace_file_by(const std::function<Status(int fd, const std::string& name)>& write) {
  const std::string temporary = rewrite_name(directory_, name_);
  unlink(temporary.c_str());
  Result<UniqueFd> fd = open_file(temporary, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (!fd) return fd.error();
  // Locked before it has the name, so that there is no moment in which the job is nobody's.
  if (flock(fd->get(), LOCK_EX | LOCK_NB) != 0) return system_error("lock", temporary);
  Status done = write(fd->get(), temporary);
  if (done) done = sync_file(fd->get(), temporary);
  if (done && rename(temporary.c_str(), path().c_str()) != 0) done = system_error("replace", path());
  if (!done) {
    unlink(temporary.c_str());
    return done;
  }
  fd_ = std::move(*fd);
  return {};
}

Status JobFile::replace_by(std::string_view bytes) {
  Status done = replace_file_by([&](int fd, const std::string& name) { return write_all(fd, bytes, name); });
  return done ? sync_directory(directory_) : done;
}

Status JobFile::rewrite() {
  const std::string records = progress_->compacted();
  Status done = replace_file_by([&](int fd, const std::string& name) {
    Status copied = copy_head(fd_.get(), fd, head_octets_, path());
    return copied ? write_all(fd, records, name) : copied;
  });
  if (!done) return done;
  end_ = head_octets_ + records.size();
  room_end_ = 0;
  rewritten_octets_ = records.size();
  synced_end_ = end_;
  unsynced_since_.reset();
  // Without this a power cut could bring the old file back, and later syncs would have gone to the new one.
  return sync_directory(directory_);
}

Status JobFile::finish() {
  if (Status written = write_down(); !written) return written;
  if (Status synced = sync_file(fd_.get(), path()); !synced) return synced;
  if (unlink(path().c_str()) != 0 && errno != ENOENT) return system_error("remove", path());
  return {};
}

Status JobFile::move_to(const std::string& directory, const std::string& name) {
  if (Status written = write_down(); !written) return written;
  if (Status given = give_back_room(); !given) return given;
  if (Status synced = sync_file(fd_.get(), path()); !synced) return synced;
  const std::string target = directory + "/" + name;
  if (target != path() && rename(path().c_str(), target.c_str()) != 0) return system_error("move", path());
  const bool is_elsewhere = directory != directory_;
  const std::string old_directory = std::exchange(directory_, directory);
  name_ = name;
  if (Status synced = sync_directory(directory_); !synced) return synced;
  return is_elsewhere ? sync_directory(old_directory) : Status();
}

}  // namespace majlis::spool
