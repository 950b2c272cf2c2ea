#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "store/database.h"
#include "store/site_lock.h"
#include "store/tree.h"

class Db;
class DbEnv;
class DbTxn;

namespace majlis::store {

// A writer's Berkeley DB environment: private to the process, under the exclusive lock, one transaction at a time.
//
// Opening replays the log only when the mark in the lock file asks for it. Closing hands every changed page to the
// kernel but waits for the disk (a checkpoint) only when the log has grown: until then the log, which every commit
// waits for, is what survives a power cut.
class Environment {
 public:
  // `lock` must be exclusive. Creates what is missing.
  static Result<std::unique_ptr<Environment>> open(SiteLock lock, Load load);
  ~Environment();
  // What the destructor does too: leaves the files clean and says so in the lock file. The lock is the caller's again,
  // still exclusive: nobody else was there since.
  Result<SiteLock> close();

  Tree& tree() { return *tree_; }

  // Before the first change of a transaction; later calls do nothing.
  Status begin();
  bool has_begun() const { return transaction_ != nullptr; }
  // Durable when it returns ok. An Error after which nothing more can be done with this environment: see is_usable().
  Status commit();
  void undo();
  Status checkpoint();

 private:
  struct CloseEnvironment {
    void operator()(DbEnv* environment) const;
  };
  struct CloseTree {
    void operator()(Db* tree) const;
  };
  struct LogPlace {
    std::uint32_t file = 0;
    std::uint32_t offset = 0;
  };
  enum class Recovery { not_needed, run };

  Environment(SiteLock lock, Load load);

  Status open_environment(Recovery recovery);
  Status open_tree();
  Status skip_transaction_numbers(std::uint32_t count);
  Result<LogPlace> log_end() const;
  Result<std::uint64_t> log_octets_since_checkpoint() const;
  Status sync_tree_file() const;
  Status sync_what_was_left() const;
  Result<bool> has_unwritten_pages() const;
  Result<std::uint32_t> transactions_so_far();
  Result<CleanMark> settle();
  Status leave();
  void close_handles();

  SiteLock lock_;
  Load load_;
  std::unique_ptr<DbEnv, CloseEnvironment> environment_;
  std::unique_ptr<Db, CloseTree> db_;
  std::unique_ptr<Tree> tree_;
  DbTxn* transaction_ = nullptr;
  CleanMark mark_;                     // as found, or zeros after recovery
  LogPlace opened_at_;                 // end of the log when this environment was ready
  std::uint32_t log_file_octets_ = 0;  // of files that begin now
  bool is_new_ = false;                // files were created: checkpoint before leaving
  bool is_ready_ = false;              // open() came to its end
};

}  // namespace majlis::store
