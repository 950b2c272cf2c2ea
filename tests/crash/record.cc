#include "tests/crash/record.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cinttypes>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <vector>

namespace majlis::crash {
namespace {

constexpr int kRecordingFailed = 3;
constexpr std::size_t kMaxPieces = 1024;  // IOV_MAX

// How a call names files: by a path alone, or by a descriptor of a folder and a path. The numbers are of its arguments.
struct NamingCall {
  long number;
  const char* word;
  int folder;  // -1: the working folder
  int path;
  int second_folder = -1;
  int second_path = -1;  // -1: none
};
constexpr NamingCall kNamingCalls[] = {
    {SYS_renameat, "rename", 0, 1, 2, 3}, {SYS_renameat2, "rename", 0, 1, 2, 3}, {SYS_linkat, "link", 0, 1, 2, 3},
    {SYS_unlinkat, "unlink", 0, 1},       {SYS_mkdirat, "mkdir", 0, 1},          {SYS_symlinkat, "symlink", 1, 2},
#ifdef SYS_open
    {SYS_rename, "rename", -1, 0, -1, 1}, {SYS_link, "link", -1, 0, -1, 1},      {SYS_unlink, "unlink", -1, 0},
    {SYS_rmdir, "rmdir", -1, 0},          {SYS_mkdir, "mkdir", -1, 0},           {SYS_symlink, "symlink", -1, 1},
#endif
};
constexpr long kWrites[] = {SYS_write, SYS_pwrite64, SYS_writev, SYS_pwritev};
constexpr long kSyncs[] = {SYS_fsync, SYS_fdatasync};
// They change nothing that a disk could forget here: rights are right from the start, and the rest is no file.
constexpr long kWithoutTrace[] = {
    SYS_fchmod,  SYS_fchmodat, SYS_fchown,  SYS_fchownat, SYS_flock,
    SYS_connect, SYS_sendto,   SYS_sendmsg, SYS_sendmmsg, SYS_sync_file_range,
#ifdef SYS_open
    SYS_chmod,   SYS_chown,
#endif
};

template <typename Numbers>
bool contains(const Numbers& numbers, std::uint64_t number) {
  for (const long each : numbers) {
    if (static_cast<std::uint64_t>(each) == number) return true;
  }
  return false;
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "record_calls: cannot write down %s\n", what.c_str());
  std::_Exit(kRecordingFailed);
}

std::string read_octets(pid_t pid, std::uint64_t address, std::size_t octets) {
  std::string bytes(octets, '\0');
  iovec here{bytes.data(), octets};
  iovec there{reinterpret_cast<void*>(address), octets};  // an address in the other process
  if (octets > 0 && process_vm_readv(pid, &here, 1, &there, 1, 0) != static_cast<ssize_t>(octets)) {
    give_up("what was written");
  }
  return bytes;
}

std::string read_text(pid_t pid, std::uint64_t address) {
  std::string text;
  while (text.size() < PATH_MAX) {
    const std::string octet = read_octets(pid, address + text.size(), 1);
    if (octet.front() == '\0') return text;
    text += octet;
  }
  give_up("a path");
}

std::string where(const std::string& link) {
  std::array<char, PATH_MAX> path{};
  const ssize_t octets = readlink(link.c_str(), path.data(), path.size());
  return octets < 0 ? std::string() : std::string(path.data(), static_cast<std::size_t>(octets));
}

std::string process(pid_t pid) { return "/proc/" + std::to_string(pid); }

std::string descriptor(pid_t pid, std::uint64_t fd) {
  return process(pid) + "/fd/" + std::to_string(static_cast<int>(fd));
}

// `folder`: an argument that is a descriptor, or -1.
std::string path_in(pid_t pid, const Call& call, int folder, int path) {
  const std::string text = read_text(pid, call.arguments[static_cast<std::size_t>(path)]);
  if (text.starts_with('/')) return text;
  const auto fd = folder < 0 ? AT_FDCWD : static_cast<int>(call.arguments[static_cast<std::size_t>(folder)]);
  return where(fd == AT_FDCWD ? process(pid) + "/cwd" : descriptor(pid, static_cast<std::uint64_t>(fd))) + "/" + text;
}

std::uint64_t flags_of(const Call& call) {
  if (call.number == static_cast<std::uint64_t>(SYS_openat)) return call.arguments[2];
#ifdef SYS_open
  if (call.number == static_cast<std::uint64_t>(SYS_open)) return call.arguments[1];
#endif
  return 0;
}

bool may_create(const Call& call) { return (flags_of(call) & (O_CREAT | O_TRUNC)) != 0; }

std::string path_to_open(pid_t pid, const Call& call) {
  const bool is_at = call.number == static_cast<std::uint64_t>(SYS_openat);
  return path_in(pid, call, is_at ? 0 : -1, is_at ? 1 : 0);
}

struct stat status_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) give_up(path);
  return status;
}

std::string bytes_of(pid_t pid, const Call& call, std::size_t octets) {
  const bool is_vector = call.number == SYS_writev || call.number == SYS_pwritev;
  if (!is_vector) return read_octets(pid, call.arguments[1], octets);
  if (call.arguments[2] > kMaxPieces) give_up("a write in so many pieces");
  std::string bytes;
  for (std::uint64_t i = 0; i < call.arguments[2] && bytes.size() < octets; ++i) {
    iovec piece{};
    const std::string raw = read_octets(pid, call.arguments[1] + i * sizeof piece, sizeof piece);
    raw.copy(reinterpret_cast<char*>(&piece), sizeof piece);
    bytes += read_octets(pid, reinterpret_cast<std::uintptr_t>(piece.iov_base), piece.iov_len);
  }
  bytes.resize(octets);
  return bytes;
}

// Where a write of so many octets began that has just moved the file's position behind itself.
std::uint64_t place_before(pid_t pid, std::uint64_t fd, std::uint64_t octets) {
  std::ifstream info(process(pid) + "/fdinfo/" + std::to_string(static_cast<int>(fd)));
  std::string word;
  std::uint64_t place = 0;
  if (!(info >> word >> place) || word != "pos:" || place < octets) give_up("where was written");
  return place - octets;
}

}  // namespace

bool Record::is_below(const std::string& path) const {
  return path.starts_with(folder_) && path.size() > folder_.size() && path[folder_.size()] == '/';
}

void Record::entered(pid_t pid, const Call& call) {
  if (may_create(call)) is_there_[pid] = access(path_to_open(pid, call).c_str(), F_OK) == 0;
}

void Record::left(pid_t pid, const Call& call, std::int64_t result) {
  if (result < 0) return;
  if (may_create(call)) {
    opened(pid, static_cast<int>(result), flags_of(call));
  } else if (contains(kWrites, call.number)) {
    written(pid, call, result);
  } else if (contains(kSyncs, call.number) || call.number == SYS_ftruncate) {
    synced_or_cut(pid, call);
  } else if (!contains(kWithoutTrace, call.number)) {
    named(pid, call);
  }
  std::fflush(out_);
}

void Record::opened(pid_t pid, int fd, std::uint64_t flags) {
  const std::string link = descriptor(pid, static_cast<std::uint64_t>(fd));
  const std::string path = where(link);
  if (!is_below(path)) return;
  const struct stat status = status_of(link);
  if (!is_there_[pid]) {
    std::fprintf(out_, "create\t%ju\t%o\t%s\n", status.st_ino, status.st_mode & 07777U,
                 path.c_str() + folder_.size() + 1);
  } else if ((flags & O_TRUNC) != 0) {
    std::fprintf(out_, "truncate\t%ju\t0\n", status.st_ino);
  }
}

void Record::written(pid_t pid, const Call& call, std::int64_t octets) {
  const std::string link = descriptor(pid, call.arguments[0]);
  if (!is_below(where(link))) return;
  const auto count = static_cast<std::uint64_t>(octets);
  const bool has_place = call.number == SYS_pwrite64 || call.number == SYS_pwritev;
  const std::uint64_t place = has_place ? call.arguments[3] : place_before(pid, call.arguments[0], count);
  std::fprintf(out_, "write\t%ju\t%" PRIu64 "\t", status_of(link).st_ino, place);
  for (const char octet : bytes_of(pid, call, count)) std::fprintf(out_, "%02x", static_cast<unsigned char>(octet));
  std::fputc('\n', out_);
}

void Record::synced_or_cut(pid_t pid, const Call& call) {
  const std::string link = descriptor(pid, call.arguments[0]);
  const std::string path = where(link);
  if (path != folder_ && !is_below(path)) return;
  const struct stat status = status_of(link);
  if (call.number == SYS_ftruncate) {
    std::fprintf(out_, "truncate\t%ju\t%" PRIu64 "\n", status.st_ino, call.arguments[1]);
  } else {
    std::fprintf(out_, "sync\t%ju\n", status.st_ino);
  }
}

void Record::named(pid_t pid, const Call& call) {
  for (const NamingCall& known : kNamingCalls) {
    if (static_cast<std::uint64_t>(known.number) != call.number) continue;
    const std::string path = path_in(pid, call, known.folder, known.path);
    if (!is_below(path)) return;
    const char* from = path.c_str() + folder_.size() + 1;
    if (known.second_path >= 0) {
      const std::string to = path_in(pid, call, known.second_folder, known.second_path);
      if (!is_below(to)) give_up(to);
      std::fprintf(out_, "%s\t%s\t%s\n", known.word, from, to.c_str() + folder_.size() + 1);
    } else if (known.word == std::string_view("mkdir")) {
      const struct stat status = status_of(path);
      std::fprintf(out_, "mkdir\t%ju\t%o\t%s\n", status.st_ino, status.st_mode & 07777U, from);
    } else {
      const bool is_folder = call.number == SYS_unlinkat && (call.arguments[2] & AT_REMOVEDIR) != 0;
      std::fprintf(out_, "%s\t%s\n", is_folder ? "rmdir" : known.word, from);
    }
    return;
  }
  give_up(name_of(call));
}

}  // namespace majlis::crash
