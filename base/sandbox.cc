#include "base/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <new>
#include <utility>

#include "base/sandbox_rules.h"
#include "base/text.h"

namespace majlis {
namespace {

// AddressSanitizer maps terabytes of shadow memory; under it the address space cannot be limited.
constexpr bool kLimitMemory = !kIsAddressSanitized;
constexpr std::size_t kReadChunk = 16 * 1024;
constexpr std::size_t kAssumedMapped = 1UL << 30U;

// How the child says why it has no result.
enum ChildExit : int { kDone = 0, kNoLimits = 10, kNoMemory = 11, kThrew = 12, kNoWrite = 13, kNoInput = 14 };

const char* word_for_exit(int status) {
  switch (status) {
    case kNoLimits: return "the limits could not be set";
    case kNoMemory: return "out of memory";
    case kThrew: return "the work threw an exception";
    case kNoWrite: return "the result could not be written";
    case kNoInput: return "the input could not be read";
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

bool read_exactly(int fd, char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t got = read(fd, to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

int work_on(int fd, std::uint64_t size, const SandboxChild::Work& work) {
  try {
    std::string input(size, '\0');
    if (!read_exactly(fd, input.data(), input.size())) return kNoInput;
    return write_result(fd, work(input)) ? kDone : kNoWrite;
  } catch (const std::bad_alloc&) {
    return kNoMemory;
  } catch (...) {
    return kThrew;
  }
}

// `mapped` 0: the address space is not limited.
[[noreturn]] void be_the_child(int fd, const SandboxLimits& limits, std::size_t mapped,
                               const SandboxChild::Work& work) {
  reset_signals();
  if (!close_all_but(fd)) _exit(kNoLimits);
  // The parent's own word, so nothing hostile yet: the limits depend on it.
  std::uint64_t size = 0;
  if (!read_exactly(fd, reinterpret_cast<char*>(&size), sizeof size)) _exit(kNoInput);
  const std::size_t memory = mapped == 0 ? 0 : mapped + size + limits.memory_bytes;
  if (!limit_resources(limits.cpu_s, memory) || !forbid_files() || !forbid_system_calls()) _exit(kNoLimits);
  _exit(work_on(fd, size, work));
}

using Clock = std::chrono::steady_clock;

// Whether the descriptor came to be ready before the time was up.
bool wait_for(int fd, short events, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{fd, events, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // the call that follows will say why
  }
}

enum class Sent {
  whole,
  not_taken,  // the child has left: its exit status says why
  out_of_time,
  failed,  // errno: this machine's trouble, which says nothing about the input
};

Sent send_all(int fd, std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    if (sent > 0 || errno == EINTR) continue;
    if (errno == EPIPE || errno == ECONNRESET) return Sent::not_taken;
    if (errno != EAGAIN) return Sent::failed;
    if (!wait_for(fd, POLLOUT, deadline)) return Sent::out_of_time;
  }
  return Sent::whole;
}

// Gathers the child's bytes until it leaves, the time is up or there are too many.
SandboxEnd read_to_end(int fd, std::size_t max_bytes, Clock::time_point deadline, std::string& bytes) {
  for (;;) {
    if (!wait_for(fd, POLLIN, deadline)) return SandboxEnd::timed_out;
    const std::size_t used = bytes.size();
    bytes.resize(used + kReadChunk);
    const ssize_t got = read(fd, bytes.data() + used, kReadChunk);
    const int saved = errno;
    bytes.resize(used + static_cast<std::size_t>(got > 0 ? got : 0));
    // ECONNRESET: it left without reading all.
    if (got == 0 || (got < 0 && saved == ECONNRESET)) return SandboxEnd::finished;
    if ((got < 0 && saved != EINTR) || bytes.size() > max_bytes) return SandboxEnd::refused;
  }
}

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

// Its exit status; -1 when it cannot be waited for.
int wait_for_end(pid_t child) {
  int status = 0;
  pid_t waited = 0;
  do {
    waited = waitpid(child, &status, 0);
  } while (waited < 0 && errno == EINTR);
  return waited < 0 ? -1 : status;
}

}  // namespace

Result<SandboxChild> SandboxChild::start(const SandboxLimits& limits, const Work& work) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return error_from_errno("base: socket for a sandbox", errno);
  }
  UniqueFd ours(ends[0]);
  const UniqueFd its(ends[1]);
  // Measured here: each page the child touches first is a page copied.
  const std::size_t mapped = kLimitMemory ? mapped_bytes() : 0;
  const pid_t child = fork();
  if (child < 0) return error_from_errno("base: fork a sandbox", errno);
  if (child == 0) be_the_child(its.get(), limits, mapped, work);
  return SandboxChild(child, std::move(ours), limits);
}

SandboxChild::SandboxChild(SandboxChild&& other) noexcept
    : child_(std::exchange(other.child_, 0)), socket_(std::move(other.socket_)), limits_(other.limits_) {}

SandboxChild::~SandboxChild() {
  if (child_ == 0) return;
  kill(child_, SIGKILL);
  wait_for_end(child_);
}

Result<SandboxOutcome> SandboxChild::ask(std::initializer_list<std::string_view> pieces) {
  assert(child_ != 0);
  const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(limits_.wall_ms);
  std::uint64_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  Sent sent = send_all(socket_.get(), {reinterpret_cast<const char*>(&size), sizeof size}, deadline);
  for (const std::string_view piece : pieces) {
    if (sent == Sent::whole) sent = send_all(socket_.get(), piece, deadline);
  }
  if (sent == Sent::failed) return error_from_errno("base: write to a sandbox", errno);  // the destructor ends it
  std::string result;
  const SandboxEnd reached = sent == Sent::out_of_time
                                 ? SandboxEnd::timed_out
                                 : read_to_end(socket_.get(), limits_.max_result_bytes, deadline, result);
  // The end of the stream is the end of the child: close(2) is forbidden to it, so the wait below is short.
  if (reached != SandboxEnd::finished) kill(child_, SIGKILL);
  const int status = wait_for_end(std::exchange(child_, 0));
  if (status < 0) return error_from_errno("base: wait for a sandbox", errno);
  if (reached == SandboxEnd::timed_out) return SandboxOutcome{reached, 0, {}, "out of time"};
  if (reached == SandboxEnd::refused) return SandboxOutcome{reached, 0, {}, "the result is too large"};
  return judge(status, std::move(result));
}

}  // namespace majlis
