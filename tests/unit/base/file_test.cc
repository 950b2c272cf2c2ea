#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

namespace majlis {
namespace {

class File : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/majlis-file-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string path(const std::string& name) const { return directory_ + "/" + name; }
  mode_t mode_of(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(stat(path(name).c_str(), &status), 0);
    return status.st_mode & 07777U;
  }
  std::vector<std::string> names() const { return list_directory(directory_).value(); }
  std::string directory_;
};

using Names = std::vector<std::string>;

TEST_F(File, ReplacedHasTheNewContentAndMode) {
  ASSERT_TRUE(replace_file(path("a"), "one", 0600).ok());
  ASSERT_TRUE(replace_file(path("a"), "two", 0640).ok());
  EXPECT_EQ(read_file(path("a"), 100).value(), "two");
  EXPECT_EQ(mode_of("a"), 0640U);
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(File, ReplacedHasTheModeAskedForWhateverTheUmask) {
  const mode_t before = umask(0077);
  const Status done = replace_file(path("a"), "one", 0644);
  umask(before);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(mode_of("a") & 0600U, 0600U);
  EXPECT_EQ(mode_of("a") & 07133U, 0U);
}

TEST_F(File, ReplacementThatFailsLeavesNothingBehind) {
  ASSERT_TRUE(make_directory(path("taken"), 0700).ok());
  EXPECT_FALSE(replace_file(path("taken"), "x", 0600).ok());
  EXPECT_EQ(names(), Names{"taken"});
  EXPECT_EQ(replace_file(path("absent/a"), "x", 0600).error().kind, ErrorKind::missing);
}

TEST_F(File, AppendedStandsBehindTheLengthThatCountsInPiecesOfAnySize) {
  std::string expected = "kept";
  ASSERT_TRUE(create_file(path("a"), "kept, and torn", 0600).ok());
  Result<FileAppend> file = FileAppend::open(path("a"), 4);
  ASSERT_TRUE(file.ok());
  for (const std::size_t size : {3UL, 0UL, 1'000'000UL, 200'000UL, 200'000UL, 262'144UL, 262'145UL, 1UL}) {
    const std::string piece(size, static_cast<char>('a' + size % 7));
    file->put(piece);
    expected += piece;
    EXPECT_EQ(file->end(), expected.size());
  }
  ASSERT_TRUE(file->finish().ok());
  EXPECT_EQ(read_file(path("a"), 10'000'000).value(), expected);
}

TEST_F(File, AppendedGoesOnAtTheEndOfAFileThatSomebodyMadeShorter) {
  ASSERT_TRUE(create_file(path("a"), "cut", 0600).ok());
  Result<FileAppend> file = FileAppend::open(path("a"), 10);
  ASSERT_TRUE(file.ok());
  file->put(" and on");
  ASSERT_TRUE(file->finish().ok());
  EXPECT_EQ(file->end(), 10U);
  EXPECT_EQ(read_file(path("a"), 100).value(), "cut and on");
}

TEST_F(File, AppendedThatCannotBeWrittenIsAnErrorAtTheEnd) {
  Result<FileAppend> file = FileAppend::open(path("a"), 0);
  ASSERT_TRUE(file.ok());
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  file->put(std::string(1'000'000, 'x'));
  file->put("y");
  const Status done = file->finish();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_FALSE(done.ok());
}

TEST_F(File, WaitsForNoPipeAndTakesNothingElseForAFile) {
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  ASSERT_TRUE(make_directory(path("folder"), 0700).ok());
  ASSERT_EQ(symlink(path("folder").c_str(), path("link").c_str()), 0);
  for (const char* name : {"pipe", "folder"}) {
    EXPECT_EQ(read_file(path(name), 100).error().kind, ErrorKind::misconfigured) << name;
  }
  EXPECT_EQ(open_file(path("pipe"), O_WRONLY | O_APPEND).error().kind, ErrorKind::misconfigured);
  EXPECT_EQ(open_file(path("pipe"), O_RDWR).error().kind, ErrorKind::misconfigured);
  EXPECT_FALSE(open_file(path("link"), O_RDONLY).ok());
  EXPECT_FALSE(open_file(path("pipe"), O_RDONLY | O_DIRECTORY).ok());
  EXPECT_TRUE(sync_directory(path("folder")).ok());
}

TEST_F(File, CreationDoesNotTouchAnExistingOne) {
  ASSERT_TRUE(create_file(path("a"), "one", 0600).ok());
  const Status again = create_file(path("a"), "two", 0600);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, ErrorKind::refused);
  EXPECT_EQ(read_file(path("a"), 100).value(), "one");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(File, ReadsToTheLimitAndNotBeyond) {
  const std::string bytes(200'000, 'x');
  ASSERT_TRUE(replace_file(path("a"), bytes, 0600).ok());
  EXPECT_EQ(read_file(path("a"), bytes.size()).value(), bytes);
  EXPECT_EQ(read_file(path("a"), bytes.size() - 1).error().kind, ErrorKind::refused);
  EXPECT_EQ(read_file(path("b"), 1).error().kind, ErrorKind::missing);
}

TEST_F(File, DoesNotFollowALink) {
  ASSERT_TRUE(replace_file(path("real"), "x", 0600).ok());
  ASSERT_EQ(symlink(path("real").c_str(), path("link").c_str()), 0);
  EXPECT_FALSE(read_file(path("link"), 10).ok());
  EXPECT_TRUE(path_exists(path("link")));
}

TEST_F(File, WritesAtAPlace) {
  ASSERT_TRUE(replace_file(path("a"), "0123456789", 0600).ok());
  Result<UniqueFd> fd = open_file(path("a"), O_RDWR);
  ASSERT_TRUE(fd.ok());
  ASSERT_TRUE(write_all_at(fd->get(), "xyz", 4, "a").ok());
  EXPECT_TRUE(sync_file(fd->get(), "a").ok());
  EXPECT_EQ(read_file(path("a"), 100).value(), "0123xyz789");
}

TEST_F(File, MakesDirectoriesWithTheirParents) {
  ASSERT_TRUE(make_directories(path("a/b/c"), 0700).ok());
  EXPECT_TRUE(make_directories(path("a/b/c"), 0700).ok());
  EXPECT_TRUE(path_exists(path("a/b/c")));
  EXPECT_TRUE(make_directories(path("d/e/"), 0700).ok());
  EXPECT_EQ(names(), (Names{"a", "d"}));
}

TEST_F(File, IsNotTakenForADirectory) {
  ASSERT_TRUE(replace_file(path("a"), "x", 0600).ok());
  EXPECT_FALSE(make_directory(path("a"), 0700).ok());
}

TEST_F(File, ListsNamesSortedWithHiddenOnes) {
  for (const char* name : {"b", ".hidden", "a"}) ASSERT_TRUE(create_file(path(name), "", 0600).ok());
  EXPECT_EQ(names(), (Names{".hidden", "a", "b"}));
  EXPECT_EQ(list_directory(path("absent")).error().kind, ErrorKind::missing);
}

TEST_F(File, DescriptorIsClosedOnceAndMoves) {
  int number = -1;
  {
    UniqueFd fd = std::move(open_file(path("a"), O_RDWR | O_CREAT)).value();
    number = fd.get();
    EXPECT_EQ(fcntl(number, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    UniqueFd other = std::move(fd);
    EXPECT_FALSE(fd.is_open());
    EXPECT_EQ(other.get(), number);
  }
  EXPECT_EQ(fcntl(number, F_GETFD), -1);
}

TEST_F(File, LockIsHeldByOneUntilItGoes) {
  {
    Result<FileLock> first = FileLock::acquire(path("lock"), FileLock::Mode::exclusive, 1000);
    ASSERT_TRUE(first.ok());
    EXPECT_FALSE(FileLock::try_acquire(path("lock"), FileLock::Mode::shared)->has_value());
    const Result<FileLock> second = FileLock::acquire(path("lock"), FileLock::Mode::exclusive, 5);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, ErrorKind::again);
  }
  EXPECT_TRUE(FileLock::try_acquire(path("lock"), FileLock::Mode::exclusive)->has_value());
  EXPECT_EQ(mode_of("lock"), 0600U);
}

TEST_F(File, LockMayBeShared) {
  const auto first = FileLock::try_acquire(path("lock"), FileLock::Mode::shared);
  const auto second = FileLock::try_acquire(path("lock"), FileLock::Mode::shared);
  EXPECT_TRUE(first->has_value());
  EXPECT_TRUE(second->has_value());
}

}  // namespace
}  // namespace majlis
