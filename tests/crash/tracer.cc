#include "tests/crash/tracer.h"

#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

namespace majlis::crash {
namespace {

constexpr int kTracingFailed = 3;
constexpr int kOrphanPatience_ms = 5000;
constexpr int kSystemCallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "kill_at_call: %s: %s\n", what, std::strerror(errno));
  std::_Exit(kTracingFailed);
}

long trace(int request, pid_t pid, std::uintptr_t address, std::uintptr_t data) {
  return ptrace(static_cast<__ptrace_request>(request), pid, address, data);
}

[[noreturn]] void become(const Plan& plan) {
  if (!plan.stdin_file.empty()) {
    const int fd = open(plan.stdin_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || dup2(fd, STDIN_FILENO) < 0) give_up(plan.stdin_file.c_str());
  }
  // A program under the address sanitizer cannot look for leaks while it is traced.
  setenv("ASAN_OPTIONS", "detect_leaks=0", /*overwrite=*/0);
  std::vector<char*> arguments;
  for (const std::string& word : plan.command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  if (trace(PTRACE_TRACEME, 0, 0, 0) != 0) give_up("ptrace");
  raise(SIGSTOP);
  execvp(arguments[0], arguments.data());
  give_up(arguments[0]);
}

// Makes the call that `pid` is about to enter an invalid one, so that it does nothing.
void cancel_call(pid_t pid) {
#if defined(__x86_64__)
  if (trace(PTRACE_POKEUSER, pid, offsetof(user_regs_struct, orig_rax), static_cast<std::uintptr_t>(-1)) != 0) {
    give_up("cancelling a call");
  }
#elif defined(__aarch64__)
  int number = -1;
  iovec set{&number, sizeof number};
  if (ptrace(PTRACE_SETREGSET, pid, NT_ARM_SYSTEM_CALL, &set) != 0) give_up("cancelling a call");
#else
#error "kill_at_call: how a system call is cancelled on this machine is not known"
#endif
}

// Makes the call that `pid` just left return -error.
void set_result(pid_t pid, int error) {
#if defined(__x86_64__)
  const auto result = static_cast<std::uintptr_t>(-static_cast<std::intptr_t>(error));
  if (trace(PTRACE_POKEUSER, pid, offsetof(user_regs_struct, rax), result) != 0) give_up("failing a call");
#elif defined(__aarch64__)
  user_regs_struct registers{};
  iovec set{&registers, sizeof registers};
  if (ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &set) != 0) give_up("failing a call");
  registers.regs[0] = static_cast<std::uint64_t>(-static_cast<std::int64_t>(error));
  if (ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &set) != 0) give_up("failing a call");
#endif
}

class Tracer {
 public:
  explicit Tracer(const Plan& plan) : plan_(plan) {}

  Outcome run() {
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) give_up("prctl");
    main_ = fork();
    if (main_ < 0) give_up("fork");
    if (main_ == 0) become(plan_);
    attach();
    while (follow()) {
    }
    wait_for_orphans();
    return outcome_;
  }

 private:
  void attach() {
    int status = 0;
    if (waitpid(main_, &status, 0) != main_ || !WIFSTOPPED(status)) give_up("starting the command");
    // TRACECLONE follows threads; a fork() is another event, which is not asked for: children run free.
    const std::uintptr_t options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL;
    if (trace(PTRACE_SETOPTIONS, main_, 0, options) != 0) give_up("ptrace");
    resume(main_, 0);
  }

  // One stop of one thread; false when the command has ended.
  bool follow() {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0) {
      if (errno == EINTR) return true;
      give_up("waitpid");
    }
    if (!WIFSTOPPED(status)) return pid != main_ || !ended(status);
    const int signal = WSTOPSIG(status);
    if (signal == kSystemCallStop) {
      at_system_call(pid);
    } else if (status >> 16 != 0) {  // a ptrace event, not a signal
      if (status >> 16 == PTRACE_EVENT_EXEC) started_ = true;
      resume(pid, 0);
    } else if (signal == SIGSTOP && !threads_.contains(pid)) {
      resume(pid, 0);  // a new thread reports for duty
    } else {
      resume(pid, signal);
    }
    threads_[pid];
    return true;
  }

  bool ended(int status) {
    if (outcome_.end != Outcome::End::killed) {
      outcome_.end = WIFEXITED(status) ? Outcome::End::exited : Outcome::End::signalled;
      outcome_.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    }
    return true;
  }

  void at_system_call(pid_t pid) {
    __ptrace_syscall_info info{};
    if (trace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, reinterpret_cast<std::uintptr_t>(&info)) <= 0) {
      if (errno == ESRCH) return;  // killed meanwhile
      give_up("PTRACE_GET_SYSCALL_INFO");
    }
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) at_entry(pid, info);
    if (info.op == PTRACE_SYSCALL_INFO_EXIT) at_exit(pid, info.exit.rval);
    resume(pid, 0);
  }

  void at_entry(pid_t pid, const __ptrace_syscall_info& info) {
    Call call{info.entry.nr, {}};
    std::copy(std::begin(info.entry.args), std::end(info.entry.args), call.arguments.begin());
    if (!started_ || outcome_.end == Outcome::End::killed || !changes_the_world(call, pid)) return;
    ++outcome_.calls;
    if (plan_.witness != nullptr) {
      plan_.witness->entered(pid, call);
      threads_[pid].witnessed = call;
    }
    if (plan_.list) outcome_.names.push_back(name_of(call));
    if (outcome_.calls != plan_.at || plan_.action == Action::none) return;
    outcome_.reached = true;
    outcome_.at_name = name_of(call);
    if (plan_.action == Action::kill_before) kill_command();
    if (plan_.action == Action::kill_after) threads_[pid].is_meant = true;
    if (plan_.action == Action::fail) {
      threads_[pid].is_meant = true;
      cancel_call(pid);
    }
  }

  void at_exit(pid_t pid, std::int64_t result) {
    if (const std::optional<Call> call = std::exchange(threads_[pid].witnessed, std::nullopt)) {
      plan_.witness->left(pid, *call, result);
    }
    bool& is_meant = threads_[pid].is_meant;
    if (!is_meant) return;
    is_meant = false;
    if (plan_.action == Action::kill_after) kill_command();
    if (plan_.action == Action::fail) set_result(pid, plan_.error);
  }

  void kill_command() {
    outcome_.end = Outcome::End::killed;
    if (kill(main_, SIGKILL) != 0) give_up("kill");
  }

  static void resume(pid_t pid, int signal) {
    if (trace(PTRACE_SYSCALL, pid, 0, static_cast<std::uintptr_t>(signal)) != 0 && errno != ESRCH) {
      give_up("PTRACE_SYSCALL");
    }
  }

  // Children of the command are ours now (PR_SET_CHILD_SUBREAPER).
  static void wait_for_orphans() {
    for (int waited_ms = 0;; ++waited_ms) {
      int status = 0;
      const pid_t pid = waitpid(-1, &status, WNOHANG | __WALL);
      if (pid < 0) return;
      if (pid > 0) continue;
      if (waited_ms == kOrphanPatience_ms) kill_orphans();
      usleep(1000);
    }
  }

  static void kill_orphans() {
    const std::string path = "/proc/self/task/" + std::to_string(getpid()) + "/children";
    std::FILE* file = std::fopen(path.c_str(), "re");
    if (file == nullptr) give_up(path.c_str());
    for (pid_t pid = 0; std::fscanf(file, "%d", &pid) == 1;) kill(pid, SIGKILL);
    std::fclose(file);
  }

  struct Thread {
    bool is_meant = false;          // it is inside the call we act upon
    std::optional<Call> witnessed;  // it is inside a call that the witness was told of
  };

  const Plan& plan_;
  Outcome outcome_;
  pid_t main_ = 0;
  bool started_ = false;  // the command itself runs, no longer our own preparation
  std::map<pid_t, Thread> threads_;
};

}  // namespace

Outcome run(const Plan& plan) { return Tracer(plan).run(); }

}  // namespace majlis::crash
