// Runs one command and prints what it cost: "WALL_us CPU_us PEAK_kB STATUS". A program of its own, because the peak of
// a process counts from what it was before exec(): a small parent leaves the figure to the command.
//
//   measure FILE COMMAND...      FILE is the command's standard input; its output is thrown away
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

long long microseconds(const timeval& time) { return time.tv_sec * 1'000'000LL + time.tv_usec; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, argv[1], O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv[2], &actions, nullptr, argv + 2, environ) != 0) return 3;
  int status = 0;
  rusage used{};
  if (wait4(pid, &status, 0, &used) != pid) return 3;
  const auto wall = std::chrono::steady_clock::now() - start;
  std::printf("%lld %lld %ld %d\n",
              static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(wall).count()),
              microseconds(used.ru_utime) + microseconds(used.ru_stime), used.ru_maxrss,
              WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
