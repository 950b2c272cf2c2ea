#include "store/fault.h"

#include <db_cxx.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

#include "base/error_words.h"
#include "base/log.h"
#include "base/text.h"

namespace majlis::store {
namespace {

constexpr std::size_t kMaxMessageOctets = 300;
constexpr std::uint64_t kReplayOctets = 1024 * 1024;
constexpr std::uint64_t kReplayFileOctets = 64 * 1024 * 1024;  // no file of the log is larger

constexpr std::array<int, 5> kRightsCodes = {EACCES, EPERM, EROFS, ENOTDIR, ELOOP};
// EINVAL is what a file that is no database, or whose log was deleted by hand, is opened with.
constexpr std::array<int, 6> kDamagedCodes = {EINVAL,        DB_VERSION_MISMATCH, DB_OLD_VERSION,
                                              DB_VERIFY_BAD, DB_SECONDARY_BAD,    DB_PAGE_NOTFOUND};

// What may pass, although it stopped a recovery.
constexpr std::array<int, 7> kMachineCodes = {ENOSPC, EDQUOT, EIO, ENOMEM, EMFILE, ENFILE, EFBIG};

// What the library has said since the last fault; the cause comes first.
std::string& messages() {
  thread_local std::string said;
  return said;
}

template <std::size_t N>
bool contains(const std::array<int, N>& codes, int code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// The library has numbers of its own below 0.
std::string words_of(int code) { return code > 0 ? words_for_errno(code) : db_strerror(code); }

ErrorKind kind_of(int code) {
  if (code == ENOENT) return ErrorKind::missing;
  if (contains(kRightsCodes, code)) return ErrorKind::misconfigured;
  if (contains(kDamagedCodes, code)) return ErrorKind::damaged;
  return ErrorKind::again;
}

// For what a replay writes.
bool has_room(const std::string& directory) {
  rlimit largest{};
  if (getrlimit(RLIMIT_FSIZE, &largest) == 0 && largest.rlim_cur < kReplayFileOctets) return false;
  struct statvfs status {};
  if (statvfs(directory.c_str(), &status) != 0) return true;
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize >= kReplayOctets;
}

}  // namespace

Error fault(std::string_view action, int code) {
  std::string what = "store: " + std::string(action) + ": " + words_of(code);
  const std::string message = std::exchange(messages(), {});
  const bool is_full = code == ENOSPC || code == EDQUOT;  // all is said
  if (is_full) what += "; make room and say it again";
  if (!message.empty() && !is_full) what += " (" + message + ")";
  return Error{kind_of(code), std::move(what)};
}

Error replay_fault(std::string_view action, int code, const std::string& directory) {
  Error error = fault(action, code);
  if (error.kind == ErrorKind::misconfigured || contains(kMachineCodes, code)) return error;
  // The library says no more than that it must recover again, in words for its own makers; the log has them.
  if (!has_room(directory)) {
    error.kind = ErrorKind::again;
    error.what = "store: " + std::string(action) +
                 ": the disk is full, or files may not grow (ulimit -f): make room and say it again, nothing is lost";
    return error;
  }
  error.kind = ErrorKind::damaged;
  error.what += "; the log cannot be replayed: doc/STORE.md has a section on that";
  return error;
}

void note_message(const DbEnv*, const char*, const char* message) {
  const std::string text = printable(message, kMaxMessageOctets);
  if (messages().size() < kMaxMessageOctets) messages() += (messages().empty() ? "" : "; ") + text;
  log(Severity::warning, LogLine("store").with("why", text));
}

}  // namespace majlis::store
