// Linked into the programs of the folder "clocked" in the place of wall_clock_now(): the time is what the environment
// said at the start, MAJLIS_TEST_TIME in seconds since 1970, and stands still.

#include <cstdlib>

#include "base/clock.h"

namespace majlis {
namespace {

// Read before main(), which cleans the environment.
const char* const kTime = std::getenv("MAJLIS_TEST_TIME");
const UnixTime kNow = kTime != nullptr ? std::strtoll(kTime, nullptr, 10) : 0;

}  // namespace

// The linker's name for it, by --wrap.
UnixTime set_clock_now() __asm__("__wrap__ZN6majlis14wall_clock_nowEv");
UnixTime set_clock_now() { return kNow; }

}  // namespace majlis
