#include <db_cxx.h>

#include <chrono>

#include "store/fault.h"
#include "store/tables.h"

namespace majlis::store {
namespace {

using Clock = std::chrono::steady_clock;

int left_ms(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return left > 0 ? static_cast<int>(left) : 0;
}

// The lock under which the files are whole: shared or, when they had to be recovered first, exclusive. A shared one
// cannot be had from that without letting others in between, after whom all of it may be to be done again.
Result<SiteLock> lock_clean(const std::string& directory, int timeout_ms) {
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  Result<SiteLock> lock = SiteLock::acquire(directory, FileLock::Mode::shared, timeout_ms);
  if (!lock || lock->clean_mark()) return lock;
  lock = Error{ErrorKind::again, "store: released for recovery"};
  lock = SiteLock::acquire(directory, FileLock::Mode::exclusive, left_ms(deadline));
  if (!lock || lock->clean_mark()) return lock;
  // What a writer does at its coming and going, and nothing else.
  Result<std::unique_ptr<Environment>> environment = Environment::open(std::move(*lock), Load::few_rows);
  if (!environment) return environment.error();
  return (*environment)->close();
}

}  // namespace

Result<std::unique_ptr<ReadOnlyTree>> ReadOnlyTree::open(SiteLock lock) {
  std::unique_ptr<ReadOnlyTree> self(new ReadOnlyTree(std::move(lock)));
  self->db_ = std::make_unique<Db>(nullptr, DB_CXX_NO_EXCEPTIONS);
  self->db_->set_errcall(note_message);
  const int code = self->db_->open(nullptr, self->lock_.tree_path().c_str(), nullptr, DB_BTREE, DB_RDONLY, 0);
  if (code != 0) return fault("open " + self->lock_.tree_path(), code);
  self->tree_ = std::make_unique<Tree>(*self->db_);
  return self;
}

ReadOnlyTree::ReadOnlyTree(SiteLock lock) : lock_(std::move(lock)) {}

ReadOnlyTree::~ReadOnlyTree() { db_->close(DB_NOSYNC); }

Result<std::unique_ptr<Reader>> Reader::open(const std::string& directory, int timeout_ms) {
  Result<SiteLock> lock = lock_clean(directory, timeout_ms);
  if (!lock) return lock.error();
  Result<std::unique_ptr<ReadOnlyTree>> tree = ReadOnlyTree::open(std::move(*lock));
  if (!tree) return tree.error();
  return std::unique_ptr<Reader>(new Reader(std::make_unique<Tables>(std::move(*tree))));
}

}  // namespace majlis::store
