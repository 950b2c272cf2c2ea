#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"

namespace {

// What was asked of the disk, in order: "sync PATH", "rename PATH", "link PATH".
std::vector<std::string>& calls() {
  static std::vector<std::string> all;
  return all;
}

void note_sync(int fd) {
  calls().push_back("sync " + std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd)).string());
}

}  // namespace

// The linker puts these in the place of the C library's (--wrap).
extern "C" {
int __real_fsync(int fd);
int __real_fdatasync(int fd);
int __real_rename(const char* from, const char* to);
int __real_link(const char* from, const char* to);

int __wrap_fsync(int fd) {
  note_sync(fd);
  return __real_fsync(fd);
}
int __wrap_fdatasync(int fd) {
  note_sync(fd);
  return __real_fdatasync(fd);
}
int __wrap_rename(const char* from, const char* to) {
  calls().push_back(std::string("rename ") + to);
  return __real_rename(from, to);
}
int __wrap_link(const char* from, const char* to) {
  calls().push_back(std::string("link ") + to);
  return __real_link(from, to);
}
}

namespace majlis {
namespace {

class FileSync : public testing::Test {
 protected:
  FileSync() {
    char name[] = "/tmp/majlis-sync-XXXXXX";
    EXPECT_NE(mkdtemp(name), nullptr);
    directory_ = std::filesystem::canonical(name);
    calls().clear();
  }
  ~FileSync() override { std::filesystem::remove_all(directory_); }
  std::string path() const { return directory_ + "/a"; }

  // The content first, then the name, then the folder that has the name: cut anywhere, the old file or the new one.
  void expect_order(const std::string& naming) const {
    ASSERT_EQ(calls().size(), 3U);
    EXPECT_EQ(calls()[0].rfind("sync " + directory_ + "/", 0), 0U) << calls()[0];
    EXPECT_EQ(calls()[1], naming + " " + path());
    EXPECT_EQ(calls()[2], "sync " + directory_);
  }

  std::string directory_;
};

TEST_F(FileSync, AReplacedFileIsSyncedThenRenamedThenItsFolderIsSynced) {
  ASSERT_TRUE(replace_file(path(), "x", 0600).ok());
  expect_order("rename");
}

TEST_F(FileSync, ACreatedFileIsSyncedThenLinkedThenItsFolderIsSynced) {
  ASSERT_TRUE(create_file(path(), "x", 0600).ok());
  expect_order("link");
}

}  // namespace
}  // namespace majlis
