#include "store/fault.h"

#include <db_cxx.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>

namespace majlis::store {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Fault, OfAReplayIsDamageForAPersonToMend) {
  const Error error = replay_fault("open db", DB_RUNRECOVERY, testing::TempDir());
  EXPECT_EQ(error.kind, ErrorKind::damaged);
  EXPECT_THAT(error.what, HasSubstr("doc/STORE.md"));
}

// The library says the same of a disk without room; /proc has none.
TEST(Fault, OfAReplayOnAFullDiskIsNone) {
  const Error error = replay_fault("open db", DB_RUNRECOVERY, "/proc");
  EXPECT_EQ(error.kind, ErrorKind::again);
  EXPECT_THAT(error.what, HasSubstr("make room and say it again"));
  EXPECT_THAT(error.what, Not(HasSubstr("BDB")));
}

TEST(Fault, OfAFullDiskIsInPlainWords) {
  note_message(nullptr, "", "BDB0137 write: 0x55, 57344: No space left on device");
  const std::string what = fault("write", ENOSPC).what;
  EXPECT_THAT(what, HasSubstr("No space left on device; make room and say it again"));
  EXPECT_THAT(what, Not(HasSubstr("BDB")));
}

TEST(Fault, OfAReplayInFilesThatMayNotGrowIsNone) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 20'000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const Error error = replay_fault("open db", DB_RUNRECOVERY, testing::TempDir());
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(error.kind, ErrorKind::again);
  EXPECT_THAT(error.what, HasSubstr("ulimit -f"));
}

TEST(Fault, OfTheMachineStaysOneInAReplay) {
  EXPECT_EQ(replay_fault("open db", ENOSPC, testing::TempDir()).kind, ErrorKind::again);
  EXPECT_EQ(replay_fault("open db", EACCES, testing::TempDir()).kind, ErrorKind::misconfigured);
}

}  // namespace
}  // namespace majlis::store
