#include "base/error_words.h"

#include <gmock/gmock.h>

#include <cerrno>

#include "base/result.h"

namespace majlis {
namespace {

using ::testing::HasSubstr;

TEST(ErrorFromErrno, KindSaysWhatToDoNext) {
  EXPECT_EQ(error_from_errno("base: open x", ENOENT).kind, ErrorKind::missing);
  EXPECT_EQ(error_from_errno("base: open x", EACCES).kind, ErrorKind::misconfigured);
  EXPECT_EQ(error_from_errno("base: open x", ENOSPC).kind, ErrorKind::again);
  EXPECT_EQ(error_from_errno("base: open x", ENOSPC).what, "base: open x: No space left on device");
}

TEST(ErrorFromErrno, AnInheritedLimitIsNamed) {
  EXPECT_THAT(error_from_errno("base: write x", EFBIG).what, HasSubstr("mailbox_size_limit"));
  EXPECT_EQ(error_from_errno("base: write x", EFBIG).kind, ErrorKind::again);
}

TEST(WithoutRooms, PeopleReadWhatHappenedAndNotWhere) {
  EXPECT_EQ(without_rooms("lists: site.conf line 3: no such key"), "site.conf line 3: no such key");
  EXPECT_EQ(without_rooms("line 3: lists: bad value"), "line 3: bad value");
  EXPECT_EQ(without_rooms("store: base: open /x: Permission denied"), "open /x: Permission denied");
  EXPECT_EQ(without_rooms("a line that says mail: nothing"), "a line that says mail: nothing");
  EXPECT_EQ(without_rooms("cooks is on no list"), "cooks is on no list");
}

}  // namespace
}  // namespace majlis
