#include "base/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <new>

#include "base/file.h"
#include "base/sandbox_rules.h"
#include "base/text.h"

namespace majlis {
namespace {

// AddressSanitizer maps terabytes of shadow memory; under it the address space cannot be limited.
constexpr bool kLimitMemory = !kIsAddressSanitized;
constexpr std::size_t kReadChunk = 16 * 1024;
constexpr std::size_t kAssumedMapped = 1UL << 30U;

// How the child says why it has no result.
enum ChildExit : int { kDone = 0, kNoLimits = 10, kNoMemory = 11, kThrew = 12, kNoWrite = 13 };

const char* word_for_exit(int status) {
  switch (status) {
    case kNoLimits: return "the limits could not be set";
    case kNoMemory: return "out of memory";
    case kThrew: return "the work threw an exception";
    case kNoWrite: return "the result could not be written";
    default: return "the child left early";
  }
}

// Address space now mapped, from the first number of /proc/self/statm; a generous guess where /proc is not mounted.
std::size_t mapped_bytes() {
  const Result<UniqueFd> fd = open_file("/proc/self/statm", O_RDONLY);
  std::array<char, 64> text{};
  const ssize_t got = fd ? read(fd->get(), text.data(), text.size()) : 0;
  const std::string_view pages(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  const auto number = parse_number(pages.substr(0, pages.find(' ')));
  return number ? static_cast<std::size_t>(*number) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : kAssumedMapped;
}

bool write_result(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t written = write(fd, bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<std::size_t>(written);
  }
  return true;
}

// `address_space_bytes` 0: not limited.
[[noreturn]] void be_the_child(int fd, unsigned cpu_s, std::size_t address_space_bytes,
                               const std::function<std::string()>& work) {
  reset_signals();
  const bool limited =
      limit_resources(cpu_s, address_space_bytes) && close_all_but(fd) && forbid_files() && forbid_system_calls();
  if (!limited) _exit(kNoLimits);
  try {
    _exit(write_result(fd, work()) ? kDone : kNoWrite);
  } catch (const std::bad_alloc&) {
    _exit(kNoMemory);
  } catch (...) {
    _exit(kThrew);
  }
}

// Gathers the child's bytes until it closes the pipe, the time is up or there are too many.
class Reader {
 public:
  Reader(int fd, const SandboxLimits& limits)
      : fd_(fd),
        max_bytes_(limits.max_result_bytes),
        deadline_(std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.wall_ms)) {}

  SandboxEnd read_to_end(std::string& bytes) {
    for (;;) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
      if (left.count() <= 0) return SandboxEnd::timed_out;
      pollfd waiting{fd_, POLLIN, 0};
      const int ready = poll(&waiting, 1, static_cast<int>(left.count()));
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
      const std::size_t used = bytes.size();
      bytes.resize(used + kReadChunk);
      const ssize_t got = ready < 0 ? -1 : read(fd_, bytes.data() + used, kReadChunk);
      bytes.resize(used + static_cast<std::size_t>(got > 0 ? got : 0));
      if (got < 0 && errno != EINTR) return SandboxEnd::refused;
      if (got == 0) return SandboxEnd::finished;
      if (bytes.size() > max_bytes_) return SandboxEnd::refused;
    }
  }

 private:
  int fd_;
  std::size_t max_bytes_;
  std::chrono::steady_clock::time_point deadline_;
};

// What the child's end says, when the parent had no reason to kill it.
SandboxOutcome judge(int status, std::string result) {
  SandboxOutcome outcome;
  if (WIFSIGNALED(status)) {
    outcome.signal = WTERMSIG(status);
    outcome.end = outcome.signal == SIGXCPU ? SandboxEnd::timed_out : SandboxEnd::died;
    outcome.why = outcome.signal == SIGXCPU ? "out of CPU time" : "killed by signal " + std::to_string(outcome.signal);
  } else if (WEXITSTATUS(status) != kDone) {
    outcome.end = SandboxEnd::refused;
    outcome.why = word_for_exit(WEXITSTATUS(status));
  } else {
    outcome.result = std::move(result);
  }
  return outcome;
}

}  // namespace

Result<SandboxOutcome> run_in_sandbox(const SandboxLimits& limits, const std::function<std::string()>& work) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return error_from_errno("base: pipe for a sandbox", errno);
  UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  // Measured here: each page the child touches first is a page copied.
  const std::size_t mapped = kLimitMemory ? mapped_bytes() : 0;
  const pid_t child = fork();
  if (child < 0) return error_from_errno("base: fork a sandbox", errno);
  if (child == 0) be_the_child(writing.get(), limits.cpu_s, mapped == 0 ? 0 : mapped + limits.memory_bytes, work);
  writing.reset();

  std::string result;
  const SandboxEnd reached = Reader(reading.get(), limits).read_to_end(result);
  // The end of the pipe is the end of the child: close(2) is forbidden to it, so the wait below is short.
  if (reached != SandboxEnd::finished) kill(child, SIGKILL);
  int status = 0;
  pid_t waited = 0;
  do {
    waited = waitpid(child, &status, 0);
  } while (waited < 0 && errno == EINTR);
  if (waited < 0) return error_from_errno("base: wait for a sandbox", errno);
  if (reached == SandboxEnd::timed_out) return SandboxOutcome{reached, 0, {}, "out of time"};
  if (reached == SandboxEnd::refused) return SandboxOutcome{reached, 0, {}, "the result is too large"};
  return judge(status, std::move(result));
}

}  // namespace majlis
