// Starts worker processes on one database without a pause, kills a good share of them at random moments, and counts at
// the end: every acknowledged commit must be there whole, every counter must equal its rows, and nobody may hang.
//
//   store_kill [--processes N] [--parallel N] [--seed N]
//
// Prints the seed and the counts; exit status 0 when nothing was lost and nobody hung.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "store/database.h"
#include "store_kill_worker.h"

extern char** environ;

namespace {

using namespace majlis;
using namespace majlis::store_kill;
using Clock = std::chrono::steady_clock;

constexpr auto kHangs = std::chrono::seconds(90);  // longer than a worker's patience for the lock
constexpr int kMaxKillDelayMicroseconds = 40'000;
constexpr long kPollNanoseconds = 200'000;

struct Options {
  int processes = 2'000;
  int parallel = 8;
  std::uint32_t seed = std::random_device{}();
};

struct Child {
  Clock::time_point started;
  Clock::time_point dies = Clock::time_point::max();
};

struct Tally {
  int started = 0;
  int killed = 0;
  int hung = 0;
  long acknowledged = 0;
  long lost = 0;
  long complaints = 0;
};

class Driver {
 public:
  Driver(Options options, std::string directory)
      : options_(options), random_(options.seed), directory_(std::move(directory)), ledger_(directory_ + "/ledger") {
    std::filesystem::create_directory(directory_ + "/db");
    std::ofstream(ledger_).flush();
  }

  Tally run() {
    while (tally_.started < options_.processes || !children_.empty()) {
      while (tally_.started < options_.processes && children_.size() < static_cast<std::size_t>(options_.parallel)) {
        start();
      }
      kill_some();
      reap();
      const timespec pause{0, kPollNanoseconds};
      nanosleep(&pause, nullptr);
    }
    verify();
    return tally_;
  }

 private:
  void start() {
    const int number = tally_.started++;
    std::vector<std::string> words = {
        "store_kill", "worker", directory_ + "/db", ledger_, std::to_string(number), std::to_string(random_())};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments.data(), environ) != 0) std::abort();
    Child state{Clock::now()};
    if (random_() % 4 == 0) {
      state.dies = state.started + std::chrono::microseconds(random_() % kMaxKillDelayMicroseconds);
    }
    children_[child] = state;
  }

  void kill_some() {
    const Clock::time_point now = Clock::now();
    for (auto& [child, state] : children_) {
      const bool hangs = now - state.started > kHangs;
      if (hangs) ++tally_.hung;
      if (hangs || now >= state.dies) kill(child, SIGKILL);
      if (hangs) state.started = now;
      if (now >= state.dies) state.dies = Clock::time_point::max();
    }
  }

  void reap() {
    int status = 0;
    for (;;) {
      const pid_t child = waitpid(-1, &status, WNOHANG);
      if (child <= 0) return;
      children_.erase(child);
      if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        ++tally_.killed;
      else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        complain("worker ended with status " + std::to_string(status));
    }
  }

  void verify() {
    read_ledger();
    Result<std::unique_ptr<store::Reader>> site = store::Reader::open(directory_ + "/db", kPatienceMs);
    if (!site) return complain(site.error().what);
    for (const auto& [worker, transaction, list, rows] : added_) verify_added(**site, worker, transaction, list, rows);
    for (int list = 0; list < kLists; ++list) verify_counter(**site, list);
  }

  void read_ledger() {
    std::ifstream lines(ledger_);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      char sign = 0;
      int worker = 0;
      int transaction = 0;
      int list = 0;
      int rows = 0;
      words >> sign >> worker >> transaction >> list >> rows;
      if (sign == '!') complain(line);
      if (sign == '+') added_.emplace_back(worker, transaction, list, rows);
      if (sign == '?') doubtful_.insert({worker, transaction});
      if (sign == '-') removed_.insert({worker, transaction});
      if (sign == '+' || sign == '-') ++tally_.acknowledged;
    }
  }

  void verify_added(const store::View& site, int worker, int transaction, int list, int rows) {
    const std::string name = list_name(list);
    bool whole = true;
    const Result<std::optional<store::Receipt>> receipt = site.find_receipt(fingerprint_of(worker, transaction));
    whole = receipt.ok() && receipt.value().has_value();
    for (int row = 0; row < rows; ++row) {
      const bool is_doubtful = row == 0 && doubtful_.contains({worker, transaction});
      const bool is_gone = row == 0 && removed_.contains({worker, transaction});
      const mail::Address address = address_of(worker, transaction, row);
      const Result<std::optional<store::Member>> member = site.find_member(name, address);
      const Result<std::vector<std::string>> lists = site.lists_of(address, 10);
      if (!member || !lists) {
        whole = false;
        continue;
      }
      const bool is_there = member.value().has_value();
      const bool is_indexed = lists.value() == std::vector<std::string>{name};
      if (is_there != is_indexed || (is_gone && is_there) || (!is_doubtful && !is_there)) whole = false;
    }
    if (whole) return;
    ++tally_.lost;
    complain("transaction " + std::to_string(transaction) + " of worker " + std::to_string(worker) + " is not whole");
  }

  void verify_counter(const store::View& site, int list) {
    const Result<store::WalkPage> all = site.walk_members(list_name(list), "", SIZE_MAX);
    const Result<std::uint64_t> counted = site.count_members(list_name(list));
    if (!all || !counted) return complain("list " + std::to_string(list) + " cannot be read");
    for (const store::Member& member : all.value().members) {
      const Result<std::vector<std::string>> lists = site.lists_of(member.address, 10);
      if (!lists || lists.value() != std::vector<std::string>{list_name(list)}) complain("a row without its index row");
    }
    if (counted.value() != all.value().members.size()) complain("a counter differs from its rows");
  }

  void complain(const std::string& what) {
    ++tally_.complaints;
    if (tally_.complaints <= 20) std::fprintf(stderr, "store_kill: %s\n", what.c_str());
  }

  Options options_;
  std::mt19937 random_;
  std::string directory_;
  std::string ledger_;
  std::map<pid_t, Child> children_;
  Tally tally_;
  std::vector<std::tuple<int, int, int, int>> added_;  // worker, transaction, list, rows
  std::set<std::pair<int, int>> doubtful_;
  std::set<std::pair<int, int>> removed_;
};

bool read_options(int count, char** words, Options& options) {
  for (int at = 1; at < count; at += 2) {
    const std::string name = words[at];
    if (at + 1 >= count) return false;
    const auto value = std::strtoul(words[at + 1], nullptr, 10);
    if (name == "--processes")
      options.processes = static_cast<int>(value);
    else if (name == "--parallel")
      options.parallel = static_cast<int>(value);
    else if (name == "--seed")
      options.seed = static_cast<std::uint32_t>(value);
    else
      return false;
  }
  return options.processes > 0 && options.parallel > 0;
}

}  // namespace

int main(int count, char** words) {
  if (count == 6 && std::string(words[1]) == "worker") {
    return run(Worker{words[2], words[3], std::atoi(words[4]),
                      static_cast<std::uint32_t>(std::strtoul(words[5], nullptr, 10))});
  }
  Options options;
  if (!read_options(count, words, options)) {
    std::fprintf(stderr, "usage: store_kill [--processes N] [--parallel N] [--seed N]\n");
    return 2;
  }
  std::string directory = (std::filesystem::temp_directory_path() / "store_kill-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) return 2;
  std::printf("seed %u, %d processes, %d at a time, in %s\n", options.seed, options.processes, options.parallel,
              directory.c_str());
  std::fflush(stdout);
  const Tally tally = Driver(options, directory).run();
  std::printf("processes %d  killed %d  acknowledged %ld  lost %ld  hung %d  complaints %ld\n", tally.started,
              tally.killed, tally.acknowledged, tally.lost, tally.hung, tally.complaints);
  const bool good = tally.lost == 0 && tally.hung == 0 && tally.complaints == 0 && tally.acknowledged > 0;
  // A broken database is kept to be looked at.
  if (good) std::filesystem::remove_all(directory);
  return good ? 0 : 1;
}
