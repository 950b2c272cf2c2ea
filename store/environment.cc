#include "store/environment.h"

#include <db_cxx.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "store/fault.h"
#include "store/log_files.h"

namespace majlis::store {
namespace {

struct Layout {
  std::uint32_t log_file_octets;
  std::uint32_t log_buffer_octets;
  std::uint32_t cache_octets;
};
// Opening reads the newest log file from its start, so small files make a short process cheap; a bulk writer would make
// thousands of them.
constexpr Layout kFewRows = {64 * 1024, 16 * 1024, 4 * 1024 * 1024};
constexpr Layout kBulk = {256 * 1024, 64 * 1024, 64 * 1024 * 1024};
// Leaving with more log than this since the last checkpoint makes one: it bounds what opening and recovery read.
constexpr std::uint64_t kCheckpointOnCloseOctets = 32 * 1024;
// A writer with many commits makes one in between: it bounds the log files on the disk.
constexpr std::uint64_t kCheckpointOnCommitOctets = 32 * 1024 * 1024;
// Numbers are skipped one by one at the next opening.
constexpr std::uint32_t kMaxTransactionsBetweenCheckpoints = 1'000;
constexpr std::uint32_t kFirstTransaction = 0x80000000U;
constexpr int kFileMode = 0600;

std::string_view view_of(const Dbt* dbt) { return {static_cast<const char*>(dbt->get_data()), dbt->get_size()}; }

// The library's own order, octet by octet, so that its tools understand the file; memcmp(3) is faster on long keys that
// begin alike.
int compare_keys(Db*, const Dbt* a, const Dbt* b) { return view_of(a).compare(view_of(b)); }

// How many octets of `b` are needed to see that it sorts behind `a`.
std::size_t octets_that_differ(Db*, const Dbt* a, const Dbt* b) {
  const std::string_view first = view_of(a);
  const std::string_view second = view_of(b);
  const std::size_t shorter = std::min(first.size(), second.size());
  const auto place =
      std::mismatch(second.begin(), second.begin() + static_cast<std::ptrdiff_t>(shorter), first.begin());
  const auto same = static_cast<std::size_t>(place.first - second.begin());
  return same < shorter || first.size() < second.size() ? same + 1 : second.size();
}

struct FreeStatistics {
  void operator()(void* statistics) const { std::free(statistics); }
};

}  // namespace

void Environment::CloseEnvironment::operator()(DbEnv* environment) const {
  const int code = environment->close(0);
  if (code != 0) log(Severity::warning, LogLine("store").with(fault("close environment", code)));
  delete environment;
}

void Environment::CloseTree::operator()(Db* tree) const {
  const int code = tree->close(DB_NOSYNC);
  if (code != 0) log(Severity::warning, LogLine("store").with(fault("close tree", code)));
  delete tree;
}

Environment::Environment(SiteLock lock, Load load) : lock_(std::move(lock)), load_(load) {}

Result<std::unique_ptr<Environment>> Environment::open(SiteLock lock, Load load) {
  std::unique_ptr<Environment> self(new Environment(std::move(lock), load));
  const std::optional<CleanMark> clean = self->lock_.clean_mark();
  if (clean) self->mark_ = *clean;
  Status done = self->lock_.mark_dirty();
  if (done && !clean) done = self->sync_what_was_left();
  if (done) done = self->open_environment(clean ? Recovery::not_needed : Recovery::run);
  if (done) done = self->skip_transaction_numbers(self->mark_.transactions);
  if (done) done = self->open_tree();
  if (!done) return done.error();
  Result<LogPlace> end = self->log_end();
  if (!end) return end.error();
  self->opened_at_ = *end;
  // Of a version that began files without syncing their names.
  if (clean && end->file != clean->synced_log) done = sync_directory(self->lock_.directory());
  if (!done) return done.error();
  if (clean) self->mark_.synced_log = end->file;
  self->is_ready_ = true;
  return self;
}

Environment::~Environment() {
  Status left = leave();
  if (!left) log(Severity::warning, LogLine("store").with(left.error()));
}

Result<SiteLock> Environment::close() {
  Status left = leave();
  if (!left) return left.error();
  return std::move(lock_);
}

Status Environment::leave() {
  if (environment_ == nullptr) return {};
  undo();
  if (!is_ready_ || tree_->is_broken()) {
    close_handles();
    return {};
  }
  Result<CleanMark> mark = settle();
  {
    // The last log records (which file was open) need not reach the disk: nothing in the tree depends on them, and
    // recovery does without. Whoever begins the next log file syncs them.
    std::optional<QuietClosing> quiet;
    if (mark) quiet.emplace();
    close_handles();
  }
  return mark ? lock_.mark_clean(*mark) : Status(mark.error());
}

void Environment::close_handles() {
  tree_.reset();
  db_.reset();
  environment_.reset();
}

Status Environment::open_environment(Recovery recovery) {
  const Layout& layout = load_ == Load::bulk ? kBulk : kFewRows;
  log_file_octets_ = layout.log_file_octets;
  keep_log_files_in_order();
  environment_.reset(new DbEnv(DB_CXX_NO_EXCEPTIONS));
  environment_->set_errcall(note_message);
  environment_->set_cachesize(0, layout.cache_octets, 1);
  environment_->set_lg_max(layout.log_file_octets);
  environment_->set_lg_bsize(layout.log_buffer_octets);
  environment_->log_set_config(DB_LOG_AUTO_REMOVE, 1);
  // No DB_INIT_LOCK: the lock file keeps others out, and a large transaction can then not run out of locks.
  const std::uint32_t flags = DB_CREATE | DB_PRIVATE | DB_INIT_MPOOL | DB_INIT_LOG | DB_INIT_TXN |
                              (recovery == Recovery::run ? DB_RECOVER : 0U);
  const int code = environment_->open(lock_.directory().c_str(), flags, kFileMode);
  if (code == 0) return {};
  const std::string action = "open " + lock_.directory();
  return recovery == Recovery::run ? replay_fault(action, code, lock_.directory()) : fault(action, code);
}

Status Environment::open_tree() {
  is_new_ = !path_exists(lock_.tree_path());
  db_.reset(new Db(environment_.get(), 0));
  db_->set_bt_compare(compare_keys);
  db_->set_bt_prefix(octets_that_differ);
  db_->set_flags(DB_CHKSUM);  // heeded when the file is made: a page of which the disk kept a part is noticed
  const int code = db_->open(nullptr, kTreeFile, nullptr, DB_BTREE, DB_CREATE | DB_AUTO_COMMIT, kFileMode);
  if (code != 0) return fault("open " + lock_.tree_path(), code);
  tree_ = std::make_unique<Tree>(*db_);
  return {};
}

// The library numbers transactions from the same start in every environment that was not recovered. Since the last
// checkpoint each must have a number of its own: recovery tells the finished from the unfinished by it.
Status Environment::skip_transaction_numbers(std::uint32_t count) {
  for (std::uint32_t skipped = 0; skipped < count; ++skipped) {
    DbTxn* empty = nullptr;
    int code = environment_->txn_begin(nullptr, &empty, 0);
    if (code == 0) code = empty->abort();
    if (code != 0) return fault("begin", code);
  }
  return {};
}

Status Environment::begin() {
  if (transaction_ != nullptr) return {};
  // A bulk transaction does not log what goes to new pages but waits at its commit until these pages are on the disk.
  const int code = environment_->txn_begin(nullptr, &transaction_, load_ == Load::bulk ? DB_TXN_BULK : 0);
  if (code != 0) return fault("begin", code);
  tree_->use(transaction_);
  return {};
}

Status Environment::commit() {
  if (tree_->is_broken()) {
    return Error{ErrorKind::again, "store: commit: a change before it failed; nothing is kept"};
  }
  if (transaction_ == nullptr) return {};
  tree_->use(nullptr);
  const int code = std::exchange(transaction_, nullptr)->commit(DB_TXN_SYNC);
  if (code != 0) {
    tree_->break_off();
    return fault("commit", code);
  }
  Result<std::uint64_t> grown = log_octets_since_checkpoint();
  if (grown && *grown > kCheckpointOnCommitOctets) {
    // The commit stands whatever becomes of the checkpoint: the next one tries again.
    Status done = checkpoint();
    if (!done) log(Severity::warning, LogLine("store").with(done.error()));
  }
  return {};
}

void Environment::undo() {
  if (transaction_ == nullptr) return;
  tree_->use(nullptr);
  const int code = std::exchange(transaction_, nullptr)->abort();
  if (code == 0) return;
  tree_->break_off();
  log(Severity::warning, LogLine("store").with(fault("undo", code)));
}

// The library syncs only files that it wrote itself since its opening; pages of earlier processes may still be on
// their way to the disk.
Status Environment::checkpoint() {
  Status synced = sync_tree_file();
  if (!synced) return synced;
  const int code = environment_->txn_checkpoint(0, 0, DB_FORCE);
  if (code != 0) return fault("checkpoint", code);
  return is_new_ ? sync_directory(lock_.directory()) : Status();
}

// What a killed process has written is what recovery starts from: it must not be forgotten when the result is not.
Status Environment::sync_what_was_left() const {
  Status synced = sync_newest_log_files(lock_.directory());
  return synced ? sync_tree_file() : synced;
}

Status Environment::sync_tree_file() const {
  Result<UniqueFd> fd = open_file(lock_.tree_path(), O_RDWR);
  if (!fd && fd.error().kind == ErrorKind::missing) return {};
  if (!fd) return fd.error();
  return sync_file(fd->get(), lock_.tree_path());
}

Result<Environment::LogPlace> Environment::log_end() const {
  DB_LOG_STAT* statistics = nullptr;
  const int code = environment_->log_stat(&statistics, 0);
  const std::unique_ptr<DB_LOG_STAT, FreeStatistics> owner(statistics);
  if (code != 0) return fault("read log position", code);
  return LogPlace{statistics->st_cur_file, statistics->st_cur_offset};
}

Result<std::uint64_t> Environment::log_octets_since_checkpoint() const {
  Result<LogPlace> end = log_end();
  if (!end) return end.error();
  DB_TXN_STAT* statistics = nullptr;
  const int code = environment_->txn_stat(&statistics, 0);
  const std::unique_ptr<DB_TXN_STAT, FreeStatistics> owner(statistics);
  if (code != 0) return fault("read checkpoint position", code);
  const DB_LSN checkpoint = statistics->st_last_ckp;
  const auto place = [this](std::uint64_t file, std::uint64_t offset) { return file * log_file_octets_ + offset; };
  const std::uint64_t now = place(end->file, end->offset);
  const std::uint64_t then = place(checkpoint.file, checkpoint.offset);
  return now > then ? now - then : 0;
}

Result<bool> Environment::has_unwritten_pages() const {
  DB_MPOOL_STAT* statistics = nullptr;
  const int code = environment_->memp_stat(&statistics, nullptr, 0);
  const std::unique_ptr<DB_MPOOL_STAT, FreeStatistics> owner(statistics);
  if (code != 0) return fault("read cache state", code);
  return statistics->st_page_dirty != 0;
}

Result<std::uint32_t> Environment::transactions_so_far() {
  DbTxn* empty = nullptr;
  int code = environment_->txn_begin(nullptr, &empty, 0);
  if (code != 0) return fault("begin", code);
  const std::uint32_t number = empty->id();
  code = empty->abort();
  if (code != 0) return fault("begin", code);
  return number - kFirstTransaction;
}

// Leaves the files as the mark will promise: nothing unwritten, and a checkpoint when the log has grown.
Result<CleanMark> Environment::settle() {
  Result<LogPlace> end = log_end();
  if (!end) return end.error();
  if (end->file == opened_at_.file && end->offset == opened_at_.offset && !is_new_ && mark_.synced_log != 0)
    return mark_;
  Result<std::uint64_t> grown = log_octets_since_checkpoint();
  if (!grown) return grown.error();
  Result<std::uint32_t> transactions = transactions_so_far();
  if (!transactions) return transactions.error();
  if (is_new_ || *grown > kCheckpointOnCloseOctets || *transactions > kMaxTransactionsBetweenCheckpoints) {
    Status done = checkpoint();
    if (!done) return done.error();
    return CleanMark{0, end->file};
  }
  int written = 0;
  const int code = environment_->memp_trickle(100, &written);
  if (code != 0) return fault("write pages", code);
  Result<bool> unwritten = has_unwritten_pages();
  if (!unwritten) return unwritten.error();
  if (*unwritten) {
    Status done = checkpoint();
    if (!done) return done.error();
    return CleanMark{0, end->file};
  }
  return CleanMark{*transactions, end->file};
}

}  // namespace majlis::store
