#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/result.h"

namespace majlis {

struct SandboxLimits {
  unsigned cpu_s = 2;
  std::size_t memory_bytes = 256UL << 20U;  // address space on top of what this process has mapped
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

// Runs `work` in a forked child that can compute and allocate, and nothing else: no open files (not even standard
// ones), no file access (Landlock, where the kernel has it), no system calls but read, write, memory and exit
// (seccomp), no core dump. The child sees this process's memory as it was at the call and leaves by _exit(): neither
// destructors of static objects nor atexit handlers run there. `work` returns the bytes that come back; they are
// untrusted when what it reads is.
//
// The parent is not harmed by anything the child does, and waits for it at most wall_ms. An Error of kind again when no
// child can be made. SIGCHLD must not be ignored by this process.
Result<SandboxOutcome> run_in_sandbox(const SandboxLimits& limits, const std::function<std::string()>& work);

}  // namespace majlis
