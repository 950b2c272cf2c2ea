#include "bin/end_signal.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace majlis::bin {
namespace {

// Each in a process of its own: what was noted stays noted.
void note_one_and_exit(int number) {
  note_end_signals();
  if (is_end_signalled()) std::_Exit(1);
  std::raise(number);
  std::_Exit(is_end_signalled() ? 0 : 2);
}

TEST(EndSignal, TheFirstIsOnlyNoted) {
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
    EXPECT_EXIT(note_one_and_exit(number), testing::ExitedWithCode(0), "") << number;
  }
}

TEST(EndSignal, TheSecondEndsTheProcess) {
  const auto raise_twice = [] {
    note_end_signals();
    std::raise(SIGTERM);
    std::raise(SIGTERM);
  };
  EXPECT_EXIT(raise_twice(), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace majlis::bin
