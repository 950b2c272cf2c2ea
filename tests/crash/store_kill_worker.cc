#include "store_kill_worker.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <memory>
#include <random>

#include "base/file.h"
#include "store/database.h"

namespace majlis::store_kill {
namespace {

constexpr int kMaxTransactions = 5;
constexpr int kMaxRows = 4;
constexpr int kMaxPauseMicroseconds = 800;
constexpr int kMaxTimerMicroseconds = 3'000;
constexpr int kMaxImportTimerMicroseconds = 80'000;
constexpr std::size_t kWalkPage = 2'000;

class Work {
 public:
  explicit Work(const Worker& worker) : worker_(worker), random_(worker.seed) {}

  int run() {
    Result<UniqueFd> ledger = open_file(worker_.ledger, O_WRONLY | O_APPEND);
    if (!ledger) return 1;
    ledger_ = std::move(*ledger);
    const int kind = one_of(100);
    if (kind < 20) return read();
    is_import_ = kind < 22;
    if (one_in(8)) die_within(kMaxTimerMicroseconds);
    Result<std::unique_ptr<store::Writer>> site = store::Writer::open(worker_.directory, kPatienceMs);
    if (!site) return complain(site.error());
    if (one_in(3)) die_within(is_import_ ? kMaxImportTimerMicroseconds : kMaxTimerMicroseconds);
    return write(**site);
  }

 private:
  int one_of(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }
  bool one_in(int count) { return one_of(count) == 0; }

  int write(store::Writer& site) {
    const int transactions = is_import_ ? 2 : 1 + one_of(kMaxTransactions);
    for (int transaction = 0; transaction < transactions; ++transaction) {
      const Status done = add_rows(site, transaction);
      if (!done) return complain(done.error());
      if (transaction > 0 && one_in(4)) {
        const Status removed = remove_row(site, transaction - 1);
        if (!removed) return complain(removed.error());
      }
    }
    if (one_in(10)) {
      const Status done = site.checkpoint();
      if (!done) return complain(done.error());
    }
    // A last change that is never committed: closing has to undo it.
    if (one_in(5)) return site.mark_token_used("never", 1).ok() ? 0 : 1;
    return 0;
  }

  Status add_rows(store::Writer& site, int transaction) {
    const int rows = is_import_ ? kImportRows : 1 + one_of(kMaxRows);
    const int list = list_of(transaction);
    for (int row = 0; row < rows; ++row) {
      const store::Member member{address_of(worker_.number, transaction, row), "", 0, 1, 0};
      Result<bool> added = site.add_member(list_name(list), member);
      if (!added) return added.error();
      if (!is_import_) pause_or_die();
    }
    Status done = site.record_receipt({fingerprint_of(worker_.number, transaction), {{"a", "b"}}, "done", 1}, 1'000);
    if (done) done = site.count("workers", 1, 3'600);
    if (!done) return done;
    pause_or_die();
    done = site.commit();
    if (done) note('+', transaction, list, rows);
    return done;
  }

  Status remove_row(store::Writer& site, int transaction) {
    const int list = list_of(transaction);
    note('?', transaction, list, 0);
    Result<bool> removed = site.remove_member(list_name(list), address_of(worker_.number, transaction, 0));
    if (!removed) return removed.error();
    pause_or_die();
    Status done = site.commit();
    if (done) note('-', transaction, list, 0);
    return done;
  }

  int read() {
    if (one_in(4)) die_within(kMaxTimerMicroseconds);
    Result<std::unique_ptr<store::Reader>> site = store::Reader::open(worker_.directory, kPatienceMs);
    if (!site) return complain(site.error());
    const std::string list = list_name(one_of(kLists));
    std::uint64_t rows = 0;
    std::string cursor;
    do {
      Result<store::WalkPage> page = (*site)->walk_members(list, cursor, kWalkPage);
      if (!page) return complain(page.error());
      rows += page->members.size();
      cursor = page->cursor;
    } while (!cursor.empty());
    Result<std::uint64_t> counted = (*site)->count_members(list);
    if (!counted) return complain(counted.error());
    if (*counted == rows) return 0;
    say("! a reader found " + std::to_string(rows) + " rows and a counter of " + std::to_string(*counted));
    return 1;
  }

  int list_of(int transaction) const { return (worker_.number + transaction) % kLists; }

  void pause_or_die() {
    if (one_in(40)) raise(SIGKILL);
    const timespec pause{0, 1'000L * one_of(kMaxPauseMicroseconds)};
    nanosleep(&pause, nullptr);
  }

  // SIGKILL out of the blue, as from outside, but within the time that matters.
  void die_within(int microseconds) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    timer_t timer{};
    itimerspec when{};
    when.it_value.tv_nsec = 1 + 1'000L * one_of(microseconds);
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0) timer_settime(timer, 0, &when, nullptr);
  }

  void note(char sign, int transaction, int list, int rows) {
    say(std::string(1, sign) + " " + std::to_string(worker_.number) + " " + std::to_string(transaction) + " " +
        std::to_string(list) + " " + std::to_string(rows));
  }

  int complain(const Error& error) {
    say("! worker " + std::to_string(worker_.number) + ": " + error.what);
    return 1;
  }

  void say(std::string line) {
    line += '\n';
    if (!write_all(ledger_.get(), line, worker_.ledger)) _exit(1);
  }

  const Worker& worker_;
  std::mt19937 random_;
  UniqueFd ledger_;
  bool is_import_ = false;
};

}  // namespace

std::string list_name(int number) { return "list" + std::to_string(number) + "@lists.example.org"; }

mail::Address address_of(int worker, int transaction, int row) {
  const std::string host = "host" + std::to_string((worker + row) % 50);
  return *mail::Address::parse("w" + std::to_string(worker) + "t" + std::to_string(transaction) + "r" +
                               std::to_string(row) + "@" + host + ".example.org");
}

std::string fingerprint_of(int worker, int transaction) {
  return "receipt-" + std::to_string(worker) + "-" + std::to_string(transaction);
}

int run(const Worker& worker) { return Work(worker).run(); }

}  // namespace majlis::store_kill
