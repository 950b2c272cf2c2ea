#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace majlis {

struct SandboxLimits {
  unsigned cpu_s = 2;
  std::size_t memory_bytes = 256UL << 20U;  // address space on top of what this process has mapped, and of the input
  int wall_ms = 5000;
  std::size_t max_result_bytes = 1UL << 20U;
};

enum class SandboxEnd {
  finished,   // the work ended and `result` is what it returned
  died,       // killed by `signal`: its own crash, a forbidden system call (SIGSYS)
  timed_out,  // over cpu_s or wall_ms; killed
  refused,    // the limits could not be set, memory ran out, the work threw, or the result was too large
};

struct SandboxOutcome {
  SandboxEnd end = SandboxEnd::finished;
  int signal = 0;      // with `died`
  std::string result;  // with `finished` only
  std::string why;     // one printable line with the others
};

// A forked child that waits for one input and works on it, able to compute and allocate and nothing else: no open files
// (not even standard ones), no file access (Landlock, where the kernel has it), no system calls but read, write, memory
// and exit (seccomp), no core dump; all that is in force before it reads the first octet.
//
// The child sees this process's memory as it was at start(), so a child that hostile input may take over is started
// before secrets are loaded. It leaves by _exit(): neither destructors of static objects nor atexit handlers run there.
// SIGCHLD must not be ignored by this process.
class SandboxChild {
 public:
  using Work = std::function<std::string(std::string_view input)>;

  // An Error of kind again when no child can be made.
  static Result<SandboxChild> start(const SandboxLimits& limits, const Work& work);
  SandboxChild(SandboxChild&& other) noexcept;
  SandboxChild& operator=(SandboxChild&& other) = delete;
  ~SandboxChild();  // one that was never asked is killed

  // Once. What `work` makes of the input, all pieces in a row, comes back, untrusted when the input is. The parent is
  // not harmed by anything the child does, and waits for it at most wall_ms. An Error (again): the input could not be
  // handed over.
  Result<SandboxOutcome> ask(std::initializer_list<std::string_view> pieces);

 private:
  SandboxChild(pid_t child, UniqueFd socket, const SandboxLimits& limits)
      : child_(child), socket_(std::move(socket)), limits_(limits) {}

  pid_t child_;  // 0: it has been waited for
  UniqueFd socket_;
  SandboxLimits limits_;
};

}  // namespace majlis
