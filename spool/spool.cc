#include "spool/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "spool/job/staged_name.h"

namespace majlis::spool {
namespace {

constexpr std::string_view kWhy = ".why";
constexpr unsigned kMaxSameName = 1000;
constexpr std::size_t kMaxNameOctets = 200;

Error system_error(std::string_view action, const std::string& path) {
  const int saved = errno;
  return error_from_errno("spool: " + std::string(action) + " " + path, saved);
}

// A name for bad/ that is a single, visible path component whatever came in.
std::string tame_name(std::string_view name) {
  std::string tame(name.substr(0, kMaxNameOctets));
  for (char& c : tame) {
    if (c == '/' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
  }
  if (tame.empty() || tame.front() == '.') tame.insert(0, 1, '_');
  return tame;
}

// The reason is written first: a file in bad/ without one would be a riddle.
Status set_file_aside(const std::string& bad, std::string_view name, std::string_view reason,
                      const std::function<Result<bool>(const std::string& target)>& place) {
  const std::string tame = tame_name(name);
  for (unsigned i = 1; i <= kMaxSameName; ++i) {
    const std::string target = bad + "/" + tame + (i == 1 ? "" : "~" + std::to_string(i));
    if (path_exists(target)) continue;
    if (Status written = replace_file(target + std::string(kWhy), printable(reason, 2000) + "\n", 0600); !written)
      return written;
    const Result<bool> placed = place(target);
    if (!placed) return placed.error();
    if (*placed) return sync_directory(bad);
  }
  return Error{ErrorKind::again, "spool: set aside " + tame + ": too many of this name in " + bad};
}

}  // namespace

Result<Spool::Sum> Spool::sum_of_bad() const {
  const std::string bad = directory_ + "/bad";
  const Result<std::vector<std::string>> names = list_directory(bad);
  if (!names) return names.error();
  Sum sum;
  for (const std::string& name : *names) {
    struct stat status {};
    if (name.ends_with(kWhy) || lstat((bad + "/" + name).c_str(), &status) != 0) continue;
    ++sum.files;
    sum.octets += static_cast<std::uint64_t>(status.st_size);
  }
  return sum;
}

Status Spool::create(const std::string& directory) {
  if (Status made = make_directory(directory, 0700); !made) return made;
  for (const char* folder : {"tmp", "new", "later", "bad"}) {
    if (Status made = make_directory(directory + "/" + folder, 0700); !made) return made;
  }
  return sync_directory(directory);
}

Status Spool::publish(std::string_view name, const std::string& target) const {
  if (!is_staged_name(name)) return not_a_staged_name(name);
  const std::string path = directory_ + "/tmp/" + std::string(name);
  if (rename(path.c_str(), target.c_str()) == 0) return {};
  const Error error = system_error("publish " + path + " as", target);
  // ENOENT may also mean that the target's folder is missing: only a source that is gone was published before.
  if (error.kind == ErrorKind::missing && !path_exists(path)) return {};
  return error;
}

Status Spool::finish_staged(UnixTime now, const std::function<Result<bool>(std::string_view name)>& finish) const {
  const std::string tmp = directory_ + "/tmp";
  const Result<std::vector<std::string>> names = list_directory(tmp);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const std::string path = tmp + "/" + name;
    if (!is_staged_name(name)) {
      if (Status moved = move_aside(path, name, "found in tmp/, the name is none of ours"); !moved) return moved;
      continue;
    }
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) continue;  // published a moment ago
    const Result<bool> finished = finish(name);
    if (!finished) return finished.error();
    if (*finished || now - status.st_mtime < kSweepAge) continue;
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return system_error("sweep", path);
    log(Severity::info, LogLine("swept").with("name", name));
  }
  return {};
}

Status Spool::set_aside(std::string_view name, std::string_view bytes, std::string_view reason) const {
  const std::string bad = directory_ + "/bad";
  return set_file_aside(bad, name, reason, [&](const std::string& target) -> Result<bool> {
    Status created = create_file(target, bytes, 0600);
    if (created) return true;
    if (created.error().kind == ErrorKind::refused) return false;
    return created.error();
  });
}

Status Spool::move_aside(const std::string& path, std::string_view name, std::string_view reason) const {
  return set_file_aside(directory_ + "/bad", name, reason, [&](const std::string& target) -> Result<bool> {
    if (renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno == ENOENT) return true;  // somebody else has moved it
    return system_error("set aside", path);
  });
}

}  // namespace majlis::spool
