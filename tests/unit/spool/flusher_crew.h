#pragma once

#include <sys/types.h>

#include <functional>

#include "base/clock.h"

namespace majlis::spool {

// Flushers as processes of their own, beside a server that has threads in this one. A child of a process with threads
// may wait for ever for a lock that one of them held when it was forked (the sanitizer's allocator has such locks), so
// the crew is forked while there is no other thread yet, and forks the flushers.
class FlusherCrew {
 public:
  struct Order {
    unsigned flushers;
    unsigned port;  // of the server
    UnixTime now;
  };

  // `work` is what each flusher does; true: well. Make the crew before the server.
  explicit FlusherCrew(const std::function<bool(const Order&)>& work);
  ~FlusherCrew();
  FlusherCrew(const FlusherCrew&) = delete;
  FlusherCrew& operator=(const FlusherCrew&) = delete;

  // How many ended well, when all have ended.
  unsigned run(const Order& order) const;

 private:
  pid_t pid_ = -1;
  int socket_ = -1;
};

}  // namespace majlis::spool
