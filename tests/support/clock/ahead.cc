// To be preloaded: the program sees a wall clock that is AHEAD_S seconds ahead. Reads its environment at once, because
// ours clear theirs; the steady clock is left alone.

#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

time_t seconds_ahead = 0;

__attribute__((constructor)) void read_environment() {
  const char* seconds = std::getenv("AHEAD_S");
  if (seconds != nullptr) seconds_ahead = std::strtol(seconds, nullptr, 10);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const long done = syscall(SYS_clock_gettime, clock, now);
  if (done == 0 && clock == CLOCK_REALTIME) now->tv_sec += seconds_ahead;
  return static_cast<int>(done);
}

extern "C" time_t time(time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}
