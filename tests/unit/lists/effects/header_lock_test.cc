#include "lists/effects/header_lock.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "lists/effects/list_change.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;

class HeaderLocks : public ScratchList {
 protected:
  void SetUp() override { make_list("cooks", "owner = anna@example.org\n"); }
  std::string owner_at(UnixTime now) {
    const Work work = begin_change(*site_, now).value();
    const auto lock = find_header_lock(work, list("cooks")).value();
    return lock ? lock->owner : "";
  }
};

TEST_F(HeaderLocks, HoldForADay) {
  EXPECT_EQ(owner_at(kNow), "");
  Work work = begin_change(*site_, kNow).value();
  const HeaderLock lock = lock_header(work, list("cooks"), *mail::Address::parse("Anna@example.org"));
  EXPECT_EQ(lock.until, kNow + kHeaderLockLife);
  EXPECT_EQ(find_header_lock(work, list("cooks")).value()->owner, "anna@example.org") << "before the work is done, too";
  ASSERT_TRUE(work.finish("test").ok());
}

TEST_F(HeaderLocks, LapseAndAreGivenUp) {
  const auto lock = [&] {
    Work work = begin_change(*site_, kNow).value();
    lock_header(work, list("cooks"), *mail::Address::parse("anna@example.org"));
    ASSERT_TRUE(work.finish("test").ok());
  };
  lock();
  EXPECT_EQ(owner_at(kNow + kHeaderLockLife - 1), "anna@example.org");
  EXPECT_EQ(owner_at(kNow + kHeaderLockLife), "");
  {
    Work work = begin_change(*site_, kNow).value();
    unlock_header(work, list("cooks"));
    ASSERT_TRUE(work.finish("test").ok());
  }
  EXPECT_EQ(owner_at(kNow), "");
}

TEST_F(HeaderLocks, WhatIsNoLockLocksNothing) {
  for (const char* text : {"anna@example.org\n", "anna@example.org soon\n", "\n", "anna@example.org -1\n"}) {
    ASSERT_TRUE(replace_file(list("cooks").directory() + "/header_lock", text, 0600).ok());
    EXPECT_EQ(owner_at(kNow), "") << text;
  }
}

}  // namespace
}  // namespace majlis::lists
