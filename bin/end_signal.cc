#include "bin/end_signal.h"

#include <atomic>
#include <csignal>

namespace majlis::bin {
namespace {

std::atomic<bool> signalled{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void note(int) { signalled = true; }

}  // namespace

void note_end_signals() {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // and no SA_RESTART: who waits shall wake
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaction(number, &action, nullptr);
}

bool is_end_signalled() { return signalled; }

}  // namespace majlis::bin
