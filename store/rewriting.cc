#include <db_cxx.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/file.h"
#include "store/database.h"
#include "store/environment.h"
#include "store/fault.h"
#include "store/log_files.h"
#include "store/tree.h"

// The tree is copied row by row into a new file, which takes the place of the old one; then the log goes.
namespace majlis::store {
namespace {

constexpr std::size_t kManyRows = 10'000;  // large reads
constexpr std::uint32_t kCacheOctets = 64 * 1024 * 1024;
constexpr const char* kUnfinished = ".new";
constexpr const char* kBegun = "__db";

struct CloseQuietly {
  void operator()(Db* db) const {
    db->close(DB_NOSYNC);
    delete db;
  }
};
using OpenDb = std::unique_ptr<Db, CloseQuietly>;

void* zeroed(std::size_t octets) { return std::calloc(1, octets); }

// While it lives, memory that the library takes is empty: the free part of a page is whatever was there, such as a page
// of the old file.
class ZeroedMemory {
 public:
  ZeroedMemory() { db_env_set_func_malloc(zeroed); }
  ~ZeroedMemory() { db_env_set_func_malloc(nullptr); }
  ZeroedMemory(const ZeroedMemory&) = delete;
  ZeroedMemory& operator=(const ZeroedMemory&) = delete;
};

// Without an environment: nothing of it is logged, and its pages fit any log.
Result<OpenDb> open_alone(const std::string& path, std::uint32_t flags) {
  OpenDb db(new Db(nullptr, DB_CXX_NO_EXCEPTIONS));
  db->set_errcall(note_message);
  db->set_cachesize(0, kCacheOctets, 1);
  if ((flags & DB_CREATE) != 0) db->set_flags(DB_CHKSUM);
  const int code = db->open(nullptr, path.c_str(), nullptr, DB_BTREE, flags, 0600);
  return code == 0 ? Result(std::move(db)) : fault("open " + path, code);
}

Status copy_rows(const std::string& from, const std::string& to) {
  const ZeroedMemory zeroed_memory;
  Result<OpenDb> source = open_alone(from, DB_RDONLY);
  if (!source) return source.error();
  Result<OpenDb> target = open_alone(to, DB_CREATE | DB_EXCL);
  if (!target) return target.error();
  Tree rows(**target);
  Status copied;
  Status scanned = Tree(**source).scan("", "", kManyRows, [&](std::string_view key, std::string_view value) {
    copied = rows.replace(key, value);
    return copied ? Tree::Visit::more : Tree::Visit::stop;
  });
  if (!scanned || !copied) return scanned ? copied : scanned;
  const int code = (*target)->sync(0);
  return code == 0 ? Status() : Status(fault("write " + to, code));
}

Status sync_whole(const std::string& path) {
  const Result<UniqueFd> fd = open_file(path, O_RDWR);
  return fd ? sync_file(fd->get(), path) : Status(fd.error());
}

// What a killed one left: the copy, and the file of another name under which the library begins one. Nobody else has
// any file of the directory open.
Status clear_away(const std::string& directory) {
  const Result<std::vector<std::string>> names = list_directory(directory);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    const bool is_left = name == std::string(kTreeFile) + kUnfinished || name.starts_with(kBegun);
    const std::string path = directory + "/" + name;
    if (is_left && unlink(path.c_str()) != 0) return error_from_errno("store: remove " + path, errno);
  }
  return {};
}

// The environment, and with it the log, is closed behind a checkpoint: the file is whole without the log.
Result<SiteLock> settle(SiteLock lock) {
  Result<std::unique_ptr<Environment>> environment = Environment::open(std::move(lock), Load::few_rows);
  if (!environment) return environment.error();
  if (Status done = (*environment)->checkpoint(); !done) return done.error();
  return (*environment)->close();
}

}  // namespace

Status rewrite_database(const std::string& directory, int timeout_ms) {
  Result<SiteLock> lock = SiteLock::acquire(directory, FileLock::Mode::exclusive, timeout_ms);
  if (lock) lock = settle(std::move(*lock));
  if (!lock) return lock.error();
  const std::string path = lock->tree_path();
  const std::string unfinished = path + kUnfinished;
  Status done = clear_away(directory);
  if (done) done = copy_rows(path, unfinished);
  if (done) done = sync_whole(unfinished);
  // From here on who comes replays the log, which finds nothing to do, until a writer has left cleanly.
  if (done) done = lock->mark_dirty();
  if (!done) return done;
  if (rename(unfinished.c_str(), path.c_str()) != 0) return error_from_errno("store: rename " + unfinished, errno);
  done = sync_directory(directory);
  if (done) done = remove_log_files(directory);
  if (!done) return done;
  lock = settle(std::move(*lock));
  return lock ? Status() : Status(lock.error());
}

}  // namespace majlis::store
