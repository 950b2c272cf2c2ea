// Runs one command and prints how long it held a lock at most and what processor time it used meanwhile: "LOCKED_us
// CPU_us STATUS". Whoever holds the lock of a site has its file open, and where nobody else wants it, no longer than
// that; inotify(7) says when, and the command knows nothing of it.
//
//   lock_time LOCK_FILE INPUT COMMAND...      INPUT is the command's standard input; its output is thrown away
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPause_ms = 20;

// Of a process that has not been waited for (/proc/PID/schedstat, first word).
long long cpu_nanoseconds(pid_t pid) {
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "/proc/%d/schedstat", static_cast<int>(pid));
  std::FILE* file = std::fopen(name.data(), "r");
  if (file == nullptr) return 0;
  long long nanoseconds = 0;
  if (std::fscanf(file, "%lld", &nanoseconds) != 1) nanoseconds = 0;
  std::fclose(file);
  return nanoseconds;
}

struct Held {
  Clock::duration wall{};
  long long cpu_ns = 0;
};

// The times the file was open, as its events come in.
class Watch {
 public:
  explicit Watch(const char* file) : fd_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    is_there_ = inotify_add_watch(fd_, file, IN_OPEN | IN_CLOSE) >= 0;
  }
  bool is_there() const { return is_there_; }
  const Held& longest() const { return longest_; }

  // Waits a moment for events of the process; false when there were none.
  bool hear(pid_t pid) {
    pollfd poll_for{fd_, POLLIN, 0};
    if (poll(&poll_for, 1, kPause_ms) <= 0) return false;
    const Clock::time_point now = Clock::now();
    const long long cpu_ns = cpu_nanoseconds(pid);
    alignas(inotify_event) std::array<char, 4096> events;
    const ssize_t got = read(fd_, events.data(), events.size());
    for (std::size_t at = 0; got > 0 && at < static_cast<std::size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, events.data() + at, sizeof(event));
      at += sizeof(event) + event.len;
      if ((event.mask & IN_OPEN) != 0) {
        opened_ = now;
        cpu_opened_ns_ = cpu_ns;
      }
      if ((event.mask & IN_CLOSE) != 0 && now - opened_ > longest_.wall) {
        longest_ = {now - opened_, cpu_ns - cpu_opened_ns_};
      }
    }
    return got > 0;
  }

 private:
  int fd_;
  bool is_there_ = false;
  Clock::time_point opened_;
  long long cpu_opened_ns_ = 0;
  Held longest_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  Watch watch(argv[1]);
  if (!watch.is_there()) return 3;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, argv[2], O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv[3], &actions, nullptr, argv + 3, environ) != 0) return 3;
  int status = 0;
  for (siginfo_t ended{}; ended.si_pid == 0;) {
    if (waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOHANG | WNOWAIT) != 0) return 3;
    while (watch.hear(pid)) {
    }
  }
  if (waitpid(pid, &status, 0) != pid) return 3;
  const auto wall = std::chrono::duration_cast<std::chrono::microseconds>(watch.longest().wall);
  std::printf("%lld %lld %d\n", static_cast<long long>(wall.count()), watch.longest().cpu_ns / 1000,
              WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
