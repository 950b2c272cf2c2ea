#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <random>

#include "base/file.h"
#include "base/no_output.h"
#include "store/environment.h"
#include "store/keys.h"
#include "tests/unit/store/scratch_site.h"

// Locks, marks, undoing, killed writers, power cuts, log growth.
namespace majlis::store {
namespace {

constexpr std::size_t kPageOctets = 4096;

class Database : public ScratchSite {
 protected:
  void add(int number) const {
    auto site = writer();
    got(site->add_member(kCooks, Member{numbered(number), "", 0, 0, 0}));
    ASSERT_TRUE(site->commit().ok());
  }

  // Runs `work` in a child that says so when it is done and then waits to be killed.
  pid_t start_child(const std::function<void()>& work) const {
    int ready[2];
    if (pipe(ready) != 0) return -1;
    const pid_t child = fork();
    if (child == 0) {
      work();
      const char done = 'd';
      if (write(ready[1], &done, 1) != 1) _exit(2);
      for (;;) pause();
    }
    char done = 0;
    EXPECT_EQ(read(ready[0], &done, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
  }

  static void kill_child(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }

  std::string mark() const { return got(read_file(path("env.lock"), 1'000)); }

  void expect_members(int from, int to) const {
    auto site = reader();
    for (int i = from; i < to; ++i) {
      EXPECT_TRUE(got(site->find_member(kCooks, numbered(i))).has_value()) << i;
      EXPECT_EQ(got(site->lists_of(numbered(i), 5)), std::vector<std::string>{kCooks}) << i;
    }
    EXPECT_EQ(got(site->count_members(kCooks)), static_cast<std::uint64_t>(to - from));
    EXPECT_EQ(got(site->walk_members(kCooks, "", 100'000)).members.size(), static_cast<std::size_t>(to - from));
  }
};

TEST_F(Database, UndoesWhatWasNotCommitted) {
  add(1);
  {
    auto site = writer();
    got(site->add_member(kCooks, Member{numbered(2), "", 0, 0, 0}));
    ASSERT_TRUE(site->mark_token_used("t", 5).ok());
    EXPECT_EQ(got(site->count_members(kCooks)), 2U);
  }
  expect_members(1, 2);
  EXPECT_FALSE(got(reader()->is_token_used("t")));
  EXPECT_EQ(got(reader()->change_number()), 1U);
}

TEST_F(Database, GoesOnWithASecondTransaction) {
  auto site = writer();
  got(site->add_member(kCooks, Member{numbered(0), "", 0, 0, 0}));
  ASSERT_TRUE(site->commit().ok());
  got(site->add_member(kCooks, Member{numbered(1), "", 0, 0, 0}));
  ASSERT_TRUE(site->commit().ok());
  got(site->add_member(kCooks, Member{numbered(2), "", 0, 0, 0}));
  site.reset();
  expect_members(0, 2);
}

TEST_F(Database, ReaderOfANewSiteFindsItEmpty) {
  EXPECT_EQ(got(reader()->count_members(kCooks)), 0U);
  EXPECT_EQ(got(reader()->change_number()), 0U);
}

TEST_F(Database, NothingIsWrittenToAPersonWhileItIsOpen) {
  EXPECT_FALSE(NoOutput::is_in_force());
  {
    const auto open = writer();
    EXPECT_TRUE(NoOutput::is_in_force());
  }
  EXPECT_FALSE(NoOutput::is_in_force());
  {
    const auto first = reader();
    const auto second = reader();
    EXPECT_TRUE(NoOutput::is_in_force());
  }
  EXPECT_FALSE(NoOutput::is_in_force());
}

TEST_F(Database, OpensNothingWhereThereIsNoDirectory) {
  EXPECT_EQ(Writer::open(path("none"), 0).error().kind, ErrorKind::missing);
  EXPECT_EQ(Reader::open(path("none"), 0).error().kind, ErrorKind::missing);
}

TEST_F(Database, RefusesADirectoryWithForeignSettings) {
  add(0);
  std::ofstream(path("DB_CONFIG")) << "set_data_dir /tmp\n";
  EXPECT_EQ(Writer::open(directory_, 0).error().kind, ErrorKind::misconfigured);
  EXPECT_EQ(Reader::open(directory_, 0).error().kind, ErrorKind::misconfigured);
}

TEST_F(Database, IsDamagedWhenTheFileIsNoDatabase) {
  std::ofstream(path("site.db")) << std::string(20'000, 'x');
  EXPECT_EQ(Writer::open(directory_, 0).error().kind, ErrorKind::damaged);
}

TEST_F(Database, WriterWaitsNoLongerThanAskedForAnotherProcess) {
  add(0);
  const pid_t child = start_child([&] { writer().release(); });
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(Writer::open(directory_, 100).error().kind, ErrorKind::again);
  EXPECT_EQ(Reader::open(directory_, 100).error().kind, ErrorKind::again);
  const auto waited = std::chrono::steady_clock::now() - before;
  EXPECT_GE(waited, std::chrono::milliseconds(150));
  EXPECT_LT(waited, std::chrono::seconds(5));
  kill_child(child);
  EXPECT_NE(writer(), nullptr);
}

TEST_F(Database, ReadersShareAndKeepWritersOut) {
  add(0);
  const pid_t child = start_child([&] { reader().release(); });
  EXPECT_NE(reader(200), nullptr);
  EXPECT_EQ(Writer::open(directory_, 50).error().kind, ErrorKind::again);
  kill_child(child);
  EXPECT_NE(writer(), nullptr);
}

TEST_F(Database, ReaderRecoversAfterAKilledWriter) {
  add(0);
  const pid_t child = start_child([&] {
    Writer* site = writer().release();
    got(site->add_member(kCooks, Member{numbered(1), "", 0, 0, 0}));
    if (!site->commit()) _exit(3);
    got(site->add_member(kCooks, Member{numbered(2), "", 0, 0, 0}));
  });
  kill_child(child);
  EXPECT_EQ(mark().substr(0, 5), "dirty");
  expect_members(0, 2);
  EXPECT_EQ(mark().substr(0, 5), "clean");
}

TEST_F(Database, LooksAfterItselfWhenTheMarkIsNotItsOwn) {
  for (int i = 0; i < 5; ++i) add(i);
  std::string foreign = mark();
  foreign[10] = foreign[10] == 'a' ? 'b' : 'a';
  for (const std::string& content : {std::string(), std::string("clean1"), std::string(500, 'z'), foreign}) {
    std::ofstream(path("env.lock"), std::ios::trunc) << content;
    expect_members(0, 5);
    EXPECT_EQ(mark().substr(0, 5), "clean");
  }
}

TEST_F(Database, SurvivesBeingCopiedElsewhere) {
  for (int i = 0; i < 20; ++i) add(i);
  const std::string copy = directory_ + "-copy";
  std::filesystem::copy(directory_, copy, std::filesystem::copy_options::recursive);
  std::filesystem::remove_all(directory_);
  std::filesystem::rename(copy, directory_);
  expect_members(0, 20);
}

TEST_F(Database, KeepsTheLogSmallOverThousandsOfCommits) {
  constexpr int kCommits = 3'000;
  std::uintmax_t largest = 0;
  for (int i = 0; i < kCommits; ++i) {
    add(i);
    if (i % 100 != 0) continue;
    std::uintmax_t octets = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      if (entry.path().filename().string().starts_with("log.")) octets += entry.file_size();
    }
    largest = std::max(largest, octets);
  }
  EXPECT_LE(largest, 1'024U * 1'024U);
  expect_members(0, kCommits);
}

TEST_F(Database, SecondTransactionOfAnImportIsUndoneToo) {
  constexpr int kSlice = 3'000;
  {
    auto site = writer();
    for (int i = 0; i < 2 * kSlice; ++i) {
      got(site->add_member(kCooks, Member{numbered(i), "", 0, 0, 0}));
      if (i + 1 != kSlice) continue;
      ASSERT_TRUE(site->commit().ok());
    }
  }
  expect_members(0, kSlice);
  for (int i = kSlice; i < kSlice + 50; ++i) add(i);
  expect_members(0, kSlice + 50);
}

// Puts `value` under `key` behind the interface's back.
void overwrite(const std::string& directory, const Key& key, std::string_view value) {
  Result<SiteLock> lock = SiteLock::acquire(directory, FileLock::Mode::exclusive, kPatienceMs);
  ASSERT_TRUE(lock.ok());
  auto environment = got(Environment::open(std::move(*lock), Load::few_rows));
  ASSERT_TRUE(environment->begin().ok());
  ASSERT_TRUE(environment->tree().replace(key.octets(), value).ok());
  ASSERT_TRUE(environment->commit().ok());
}

TEST_F(Database, SaysWhichRowIsDamaged) {
  add(0);
  overwrite(directory_, Key(Table::roster).text(kCooks).address(numbered(0)), "\x02rest");
  const auto found = reader()->find_member(kCooks, numbered(0));
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind, ErrorKind::damaged);
  EXPECT_NE(found.error().what.find("member row (version 2)"), std::string::npos) << found.error().what;
  EXPECT_EQ(reader()->walk_members(kCooks, "", 10).error().kind, ErrorKind::damaged);
}

TEST_F(Database, CommitsNothingAfterAChangeFailedHalfWay) {
  add(0);
  overwrite(directory_, Key(Table::members).text(kCooks), "\x01");
  auto site = writer();
  EXPECT_EQ(site->add_member(kCooks, member("a@example.org")).error().kind, ErrorKind::damaged);
  EXPECT_FALSE(site->commit().ok());
  site.reset();
  EXPECT_FALSE(got(reader()->find_member(kCooks, address("a@example.org"))).has_value());
  EXPECT_TRUE(got(reader()->lists_of(address("a@example.org"), 5)).empty());
}

TEST_F(Database, KeepsAnExpiredRowThatItCannotRead) {
  ASSERT_TRUE([&] {
    auto site = writer();
    return site->mark_token_used("t", 5).ok() && site->commit().ok();
  }());
  overwrite(directory_, Key(Table::token).text("t"), "\x07");
  EXPECT_EQ(writer()->forget_expired(10, 10).error().kind, ErrorKind::damaged);
}

TEST_F(Database, CheckpointsOnlyBetweenTransactions) {
  auto site = writer();
  got(site->add_member(kCooks, Member{numbered(0), "", 0, 0, 0}));
  EXPECT_EQ(site->checkpoint().error().kind, ErrorKind::refused);
  ASSERT_TRUE(site->commit().ok());
  EXPECT_TRUE(site->checkpoint().ok());
  EXPECT_TRUE(site->checkpoint().ok());
}

// What a power cut may leave: the log as far as it was waited for, and of the tree each page either as it was at the
// last checkpoint or as the kernel happened to write it since.
TEST_F(Database, SurvivesAPowerCutWithAnyMixtureOfOldAndNewPages) {
  constexpr int kBefore = 500;
  constexpr int kAfter = 7;  // fewer than lead to a checkpoint
  for (int i = 0; i < kBefore; ++i) add(i);
  ASSERT_TRUE(writer()->checkpoint().ok());
  const std::string old_tree = got(read_file(path("site.db"), 100'000'000));
  for (int i = kBefore; i < kBefore + kAfter; ++i) add(i);
  // More than the library's log buffer holds: the log then ends in an unfinished transaction.
  const pid_t child = start_child([&] {
    Writer* site = writer().release();
    for (int i = 0; i < 400; ++i) got(site->add_member(kBakers, Member{numbered(i), "", 0, 0, 0}));
  });
  kill_child(child);
  const std::string new_tree = got(read_file(path("site.db"), 100'000'000));
  const std::string saved = directory_ + "-saved";
  std::filesystem::copy(directory_, saved);
  std::mt19937 random(7);
  for (int round = 0; round < 30; ++round) {
    std::string tree = new_tree;
    for (std::size_t at = 0; at < old_tree.size(); at += kPageOctets) {
      if (round == 0 || random() % 2 == 0) tree.replace(at, kPageOctets, old_tree, at, kPageOctets);
    }
    if (random() % 2 == 0) tree.resize(old_tree.size());
    std::filesystem::remove_all(directory_);
    std::filesystem::copy(saved, directory_);
    std::filesystem::remove(path("env.lock"));
    std::ofstream(path("site.db"), std::ios::trunc) << tree;
    expect_members(0, kBefore + kAfter);
    EXPECT_EQ(got(reader()->walk_members(kBakers, "", 10)).members.size(), 0U);
  }
  std::filesystem::remove_all(saved);
}

}  // namespace
}  // namespace majlis::store
