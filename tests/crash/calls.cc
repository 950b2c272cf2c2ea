#include "tests/crash/calls.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

namespace majlis::crash {
namespace {

// Where the open flags are, for calls that count only when they may create or truncate.
enum class Flags { none, argument_1, argument_2, open_how };

struct KnownCall {
  long number;
  const char* name;
  Flags flags = Flags::none;
};

constexpr KnownCall kCalls[] = {
    {SYS_write, "write"},
    {SYS_pwrite64, "pwrite64"},
    {SYS_writev, "writev"},
    {SYS_pwritev, "pwritev"},
    {SYS_pwritev2, "pwritev2"},
    {SYS_sendfile, "sendfile"},
    {SYS_copy_file_range, "copy_file_range"},
    {SYS_splice, "splice"},
    {SYS_fsync, "fsync"},
    {SYS_fdatasync, "fdatasync"},
    {SYS_sync_file_range, "sync_file_range"},
    {SYS_msync, "msync"},
    {SYS_ftruncate, "ftruncate"},
    {SYS_truncate, "truncate"},
    {SYS_fallocate, "fallocate"},
    {SYS_renameat, "renameat"},
    {SYS_renameat2, "renameat2"},
    {SYS_linkat, "linkat"},
    {SYS_symlinkat, "symlinkat"},
    {SYS_unlinkat, "unlinkat"},
    {SYS_mkdirat, "mkdirat"},
    {SYS_fchmod, "fchmod"},
    {SYS_fchmodat, "fchmodat"},
    {SYS_fchown, "fchown"},
    {SYS_fchownat, "fchownat"},
    {SYS_flock, "flock"},
    {SYS_connect, "connect"},
    {SYS_sendto, "sendto"},
    {SYS_sendmsg, "sendmsg"},
    {SYS_sendmmsg, "sendmmsg"},
    {SYS_openat, "openat", Flags::argument_2},
    {SYS_openat2, "openat2", Flags::open_how},
#ifdef SYS_open  // the calls without "at" exist on x86-64 and not on later machines
    {SYS_open, "open", Flags::argument_1},
    {SYS_creat, "creat"},
    {SYS_rename, "rename"},
    {SYS_link, "link"},
    {SYS_symlink, "symlink"},
    {SYS_unlink, "unlink"},
    {SYS_rmdir, "rmdir"},
    {SYS_mkdir, "mkdir"},
    {SYS_chmod, "chmod"},
    {SYS_chown, "chown"},
#endif
};

const KnownCall* find(const Call& call) {
  for (const KnownCall& known : kCalls) {
    if (static_cast<std::uint64_t>(known.number) == call.number) return &known;
  }
  return nullptr;
}

// The first member of struct open_how; 0 when the process cannot be read.
std::uint64_t read_flags(pid_t pid, std::uint64_t address) {
  std::uint64_t flags = 0;
  iovec here{&flags, sizeof flags};
  iovec there{reinterpret_cast<void*>(address), sizeof flags};  // an address in the other process
  return process_vm_readv(pid, &here, 1, &there, 1, 0) == sizeof flags ? flags : 0;
}

std::uint64_t open_flags(const Call& call, Flags where, pid_t pid) {
  switch (where) {
    case Flags::argument_1: return call.arguments[1];
    case Flags::argument_2: return call.arguments[2];
    case Flags::open_how: return read_flags(pid, call.arguments[2]);
    case Flags::none: break;
  }
  return 0;
}

}  // namespace

bool changes_the_world(const Call& call, pid_t pid) {
  const KnownCall* known = find(call);
  if (known == nullptr) return false;
  if (known->flags == Flags::none) return true;
  return (open_flags(call, known->flags, pid) & static_cast<std::uint64_t>(O_CREAT | O_TRUNC)) != 0;
}

std::string name_of(const Call& call) {
  const KnownCall* known = find(call);
  return known != nullptr ? known->name : "call " + std::to_string(call.number);
}

}  // namespace majlis::crash
