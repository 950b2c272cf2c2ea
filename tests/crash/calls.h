#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <string>

namespace majlis::crash {

// One system call as a tracer sees it at its entry.
struct Call {
  std::uint64_t number = 0;
  std::array<std::uint64_t, 6> arguments{};
};

// True for a call whose effect somebody else can see afterwards, on disk or at a peer: writes, syncs, names made,
// changed or removed, sizes and rights changed, locks, connects and sends. open() counts when it may create or
// truncate. `pid` is where openat2() keeps its flags.
bool changes_the_world(const Call& call, pid_t pid);

// "fsync"; "call 999" for one that changes_the_world() does not know.
std::string name_of(const Call& call);

}  // namespace majlis::crash
