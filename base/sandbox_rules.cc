#include "base/sandbox_rules.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace majlis {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "base/sandbox: system call filter not written for this architecture"
#endif

// The sanitizers ask for the signal stack before every throw and exit, and test by a pipe whether memory can be read.
// Other builds repeat a call already allowed.
constexpr std::uint32_t sanitizer_call(long number) {
  return static_cast<std::uint32_t>(kIsAddressSanitized ? number : SYS_exit);
}

// x32 calls on x86-64 carry this bit and would be other numbers for the same calls.
constexpr std::uint32_t kX32Bit = 0x40000000;

// All file rights of each Landlock version (kernel documentation, userspace-api/landlock): 1 has bits 0 to 12, then
// refer, truncate, nothing, ioctl_dev.
constexpr std::array<std::uint64_t, 6> kLandlockRights = {0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};

bool set_limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  // An inherited lower ceiling stays: it may only be lowered.
  rlimit now{};
  if (getrlimit(resource, &now) != 0) return false;
  const rlimit wanted{soft < now.rlim_max ? soft : now.rlim_max, hard < now.rlim_max ? hard : now.rlim_max};
  return setrlimit(resource, &wanted) == 0;
}

constexpr sock_filter load(std::uint32_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset); }
constexpr sock_filter answer(std::uint32_t action) { return BPF_STMT(BPF_RET | BPF_K, action); }
// One instruction is passed over unless the loaded word compares so.
constexpr sock_filter skip_unless(std::uint16_t comparison, std::uint32_t value) {
  return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | BPF_K | comparison), value, 0, 1);
}
constexpr sock_filter skip_if_equal(std::uint32_t value, std::uint8_t skip) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, skip, 0);
}

constexpr std::uint32_t kThirdArgument = offsetof(seccomp_data, args) + 2 * sizeof(std::uint64_t);

}  // namespace

bool limit_resources(unsigned cpu_s, std::size_t address_space_bytes) {
  if (!set_limit(RLIMIT_CPU, cpu_s, cpu_s + 1) || !set_limit(RLIMIT_CORE, 0, 0) || !set_limit(RLIMIT_FSIZE, 0, 0)) {
    return false;
  }
  return address_space_bytes == 0 || set_limit(RLIMIT_AS, address_space_bytes, address_space_bytes);
}

void reset_signals() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool close_all_but(int fd) {
  const auto kept = static_cast<unsigned>(fd);
  if (kept > 0 && syscall(SYS_close_range, 0U, kept - 1, 0U) != 0) return false;
  return syscall(SYS_close_range, kept + 1, UINT_MAX, 0U) == 0;
}

bool forbid_files() {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return true;
  const auto known = static_cast<long>(kLandlockRights.size()) - 1;
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = kLandlockRights[static_cast<std::size_t>(version < known ? version : known)];
  const long ruleset = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
  if (ruleset < 0) return false;
  const bool done = syscall(SYS_landlock_restrict_self, static_cast<int>(ruleset), 0) == 0;
  close(static_cast<int>(ruleset));
  return done;
}

bool forbid_system_calls() {
  constexpr std::uint32_t kPass = SECCOMP_RET_ALLOW;
  constexpr std::uint32_t kKill = SECCOMP_RET_KILL_PROCESS;
  sock_filter filter[] = {
      load(offsetof(seccomp_data, arch)),
      skip_if_equal(kArchitecture, 1),
      answer(kKill),
      load(offsetof(seccomp_data, nr)),
      skip_unless(BPF_JGE, kX32Bit),
      answer(kKill),
      skip_unless(BPF_JEQ, SYS_write),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_read),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_brk),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_munmap),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_mremap),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_madvise),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_exit),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_exit_group),
      answer(kPass),
      skip_unless(BPF_JEQ, SYS_futex),  // the unwinder's call_once
      answer(kPass),
      skip_unless(BPF_JEQ, sanitizer_call(SYS_sigaltstack)),
      answer(kPass),
      skip_unless(BPF_JEQ, sanitizer_call(SYS_pipe2)),
      answer(kPass),
      skip_unless(BPF_JEQ, sanitizer_call(SYS_close)),
      answer(kPass),
      skip_if_equal(SYS_mmap, 2),
      skip_if_equal(SYS_mprotect, 1),
      answer(kKill),
      load(kThirdArgument),  // protection
      skip_unless(BPF_JSET, PROT_EXEC),
      answer(kKill),
      answer(kPass),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace majlis
